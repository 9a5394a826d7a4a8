"""execute.py notebook result: carries a notebook out where it lies, and writes what its cells put out."""

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

path, result = map(Path, sys.argv[1:])
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(path.parent)}}).execute()
outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
data = [output.get("data", {}) for output in outputs]
texts = [output.get("text", "") for output in outputs] + [each.get("text/plain", "") for each in data]
# On a busy computer Matplotlib tells that its list of fonts takes a while.
said = [output["text"] for output in outputs if output.get("name") == "stderr" and "font cache" not in output["text"]]
images = [each["image/png"] for each in data if "image/png" in each]
result.write_text(json.dumps({"text": "\n".join(texts), "stderr": "".join(said), "images": images}))
