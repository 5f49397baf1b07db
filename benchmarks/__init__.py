"""What things cost here: each family is a module with `measure()`; `make bench` prints and keeps the medians."""
