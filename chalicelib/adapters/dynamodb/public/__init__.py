"""What everybody may read: lists, figures, what happened when; sets of rows that can be built anew."""
