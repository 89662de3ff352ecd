"""The static site: plain pages, native modules, no bundler. `python -m web.build` writes it to `build/site`."""
