"""execute.py notebook result: carries a notebook out where it lies, and writes what its cells put out."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

path, result = map(Path, sys.argv[1:])
notebook = nbformat.read(path, as_version=4)
# By sockets in a folder: of five ports that are free now, another program may have taken one when the kernel listens.
with TemporaryDirectory() as sockets:
    config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}})
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, config=config, timeout=600, startup_timeout=240, resources=place).execute()
outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
data = [output.get("data", {}) for output in outputs]
texts = [output.get("text", "") for output in outputs] + [each.get("text/plain", "") for each in data]
# On a busy computer Matplotlib tells that its list of fonts takes a while.
said = [output["text"] for output in outputs if output.get("name") == "stderr" and "font cache" not in output["text"]]
images = [each["image/png"] for each in data if "image/png" in each]
result.write_text(json.dumps({"text": "\n".join(texts), "stderr": "".join(said), "images": images}))
