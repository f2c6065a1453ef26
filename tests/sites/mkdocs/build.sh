trainboard render board -o board.html
trainboard update docs/support.md
mkdocs build
