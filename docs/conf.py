"""How Sphinx builds the documentation."""

import asean_japan

project = "asean_japan"
author = "the asean_japan developers"
project_copyright = f"2026 {author}"
release = version = asean_japan.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]

# `Name` in a docstring links to what it names, and is plain code where there is nothing to link to.
default_role = "py:obj"
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(?!asean_japan\.).*"),  # No network: what others document is not looked up.
    ("py:(class|obj)", r"asean_japan(\.\w+)+\._\w+"),  # A private name in a signature has no page to link to.
    ("py:(class|obj)", r"asean_japan\.model\.(display\.Shown|index\.Index|layers\.LayerIndex)"),  # These may move.
    ("py:(class|obj)", r"asean_japan\.copies\.furniture\.\w+"),  # The same.
]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {name: name for name in ("Address", "Kind", "Prune")}  # By their names, not by what they are.
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # Attributes are fields that autodoc shows already; listed twice they would clash.
python_use_unqualified_type_names = True

myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_title = f"asean_japan {release}"
