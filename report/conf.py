"""Sphinx settings of the report."""

import html

project = "Japan Security Partnerships"
author = "Japan Security Partnerships contributors"
copyright = "2026, Japan Security Partnerships contributors"
language = "en"

extensions = ["myst_nb"]
nb_execution_mode = "off"  # executed before, by report.execute
nb_render_markdown_format = "myst"
nb_render_image_options = {"width": "100%"}
nb_merge_streams = True
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
myst_disable_syntax = ["html_block", "html_inline"]  # what looks like HTML in a table's cell is text

html_theme = "sphinx_book_theme"
html_title = "Japan Security Partnerships"
html_static_path = ["static"]
html_css_files = ["report.css"]
html_js_files = ["report.js"]
html_theme_options = {
    "show_navbar_depth": 1,
    "show_toc_level": 2,
    "secondary_sidebar_items": {  # none on the other pages: their tables or their code want the room
        "index": ["page-toc"],
        "notebooks/*": ["page-toc"],
        "notebooks/practice/guide": ["page-toc"],
        "notebooks/practice/release/**": ["page-toc"],
        "data/README": ["page-toc"],
    },
    "navbar_persistent": [],
    "use_download_button": False,
    "use_fullscreen_button": False,
}
html_context = {"default_mode": "auto"}
html_use_index = False
html_copy_source = False
html_show_sourcelink = False


def setup(app):
    """Put right what the theme leaves open."""
    app.connect("html-page-context", _escape_title, priority=900)


def _escape_title(app, pagename, templatename, context, doctree):
    """Escape the title for print, which the theme writes as it is."""
    if "pagetitle" in context:
        context["pagetitle"] = html.escape(context["pagetitle"])
