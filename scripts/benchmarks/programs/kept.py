"""Print what a start would find in DIGITPAD_HOME, one JSON object; for scripts/kills.py, in a process of its own."""

import json
import zlib

from digitpad.draw.drawing import Drawing
from digitpad.errors import ModelError
from digitpad.nn.network import Network
from digitpad.paths import user_folder
from digitpad.train import model_file
from digitpad.train.sitting import Place, claim_all


def of_drawing(drawing: Drawing) -> str:
    """Return a few letters that tell a drawing from any other; "" for a blank canvas."""
    parts = [stroke.points.tobytes() for stroke in drawing.strokes]
    parts += [drawing.picture.ink.tobytes()] if drawing.picture else []
    return f"{zlib.crc32(b''.join(parts)):08x}" if parts else ""


def of_network(network: Network | None) -> str:
    """Return a few letters that tell a network from any other; "" for none."""
    return f"{zlib.crc32(network.parameters.tobytes()):08x}" if network else ""


def _told(place: Place) -> dict[str, object]:
    loaded = place.load()
    sitting = loaded.sitting
    named = {"lock"} | place.state.files
    return {
        "id": place.folder.name,
        "saved_at": place.state.saved_at,
        "whole": loaded.whole and {file.name for file in place.folder.iterdir()} == named,
        "drawing": of_drawing(sitting.drawing),
        "network": "file" if sitting.path else of_network(loaded.model.network if loaded.model else None),
        "made": [of_network(made.load().network) for made in sitting.made],
        "runs": {run.name: f"{len(run.points)} {of_network(run.latest)}" for run in sitting.runs},
    }


def main() -> None:
    """Read all that is kept, as the next start does, and the network that was saved."""
    home = user_folder()
    file, saved = home / "saved.safetensors", ""
    if file.exists():
        try:
            saved = of_network(model_file.load(file).network)
        except ModelError as error:
            saved = str(error)
    there = {folder.name for folder in (home / "sittings").iterdir()} if (home / "sittings").is_dir() else set()
    places = claim_all(home / "sittings")
    found = {place.folder.name for place in places}
    unread = sorted(name for name in there - found if (home / "sittings" / name / "state.json").exists())
    print(json.dumps({"places": [_told(place) for place in places], "unread": unread, "saved": saved}))
    for place in places:
        place.leave()


if __name__ == "__main__":
    main()
