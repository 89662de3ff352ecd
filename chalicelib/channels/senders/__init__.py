"""How each sender writes and what it is told, one module each: payloads in, our words out."""
