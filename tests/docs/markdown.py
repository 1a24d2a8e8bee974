# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of Markdown as the pages use."""

from dataclasses import dataclass
import re


@dataclass(frozen=True)
class Block:
    language: str
    line: int  # of its first line, from 1
    text: str

    @property
    def name(self):
        return self.text.split("\n", 1)[0]


class Page:
    def __init__(self, root, path):
        self.name, self.folder = path.relative_to(root).as_posix(), path.parent
        self.blocks = []
        prose, fence = [], None
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if fence is None and line.startswith("```"):
                fence = (line[3:].strip(), number + 1, [])
            elif fence is None:
                prose.append(line)
            elif line == "```":
                language, first, lines = fence
                self.blocks.append(Block(language, first, "\n".join(lines)))
                fence = None
            else:
                fence[2].append(line)
        if fence:
            raise ValueError(f"{self.name}:{fence[1] - 1}: this block does not end")
        self.prose = "\n".join(prose)

    def shell_blocks(self):
        return [block for block in self.blocks if block.language == "sh"]

    def codes(self):
        """What stands between backticks."""
        return [re.sub(r"\s+", " ", code) for code in re.findall(r"`([^`]+)`", self.prose)]

    def links(self):
        return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]+`", "", self.prose))

    def anchors(self):
        """As GitHub makes them of the headings."""
        headings = re.findall(r"(?m)^#+ +(.*)$", self.prose)
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
