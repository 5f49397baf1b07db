"""How large and how odd a file may be before it is refused. Every limit of this floor stands here."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

UPLOAD_BYTES = 50 * MEGABYTE  # any file, as it arrives
LEXICON_BYTES = 4 * MEGABYTE  # one file of an office's words
ZIP_ENTRIES = 4_000  # members of a docx
ZIP_TOTAL_BYTES = 300 * MEGABYTE  # all members inflated
ZIP_ENTRY_BYTES = 120 * MEGABYTE  # one member inflated
ZIP_RATIO = 200  # inflated against stored, for members larger than ZIP_RATIO_FROM
ZIP_RATIO_FROM = MEGABYTE
XML_DEPTH = 256  # elements inside elements: libxml2's own bound for documents, and no setting
XML_READ_BYTES = 32 * MEGABYTE  # one part that is built in memory to be read: some seven hundred pages
CHUNK_BYTES = 64 * 1024  # how much is inflated at a time while counting

TABLE_BYTES = 64 * MEGABYTE  # a csv or xlsx, as it arrives
TABLE_ROWS = 500_000
XLSX_ENTRIES = 2_000
XLSX_TOTAL_BYTES = 256 * MEGABYTE  # all members inflated
XLSX_COLUMNS = 200
XLSX_CELLS = 10_000_000  # of the grid that reaches from A1 to the outermost cell

PDF_BYTES = 30 * MEGABYTE  # a PDF, as it arrives
PDF_PAGES = 400
PDF_CHARACTERS = 4_000_000  # of all pages together
PDF_MEMORY_BYTES = 768 * MEGABYTE  # of the process that reads it
PDF_SECONDS = 5  # of computing (six times that by the clock); 380 full pages take two
PDF_SCANNED_BELOW = 24  # letters on a page on the average; with fewer the pages are pictures

HTML_BYTES = 8 * MEGABYTE  # a page without its pictures
HTML_DEPTH = 256  # elements inside elements: libxml2's own bound, and no setting
HTML_ARTICLE_ELEMENTS = 20_000  # beyond one of these three the article is not looked for and the whole page is taken:
HTML_ARTICLE_CHARACTERS = 500_000  # looking for it weighs every element with all that is inside it
HTML_ARTICLE_DEPTH = 60
HTML_ARTICLE_LETTERS = 300  # an article that is shorter
HTML_ARTICLE_SHARE = 50  # and has fewer hundredths of its page was missed; the whole page is taken
