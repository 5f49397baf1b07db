"""`python -m giaoban`: the same command without an installed script."""

from giaoban.site.command import main

if __name__ == "__main__":
    main()
