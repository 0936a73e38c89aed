"""What each name of evidence means, for `declutter explain --list`."""

from __future__ import annotations

from typing import Final

from declutter.classify.flash.reasons import REASONS

MEANINGS: Final = {
    **{name: f"flash: {meaning}" for name, meaning in REASONS.items()},
    "before_title": "stands above the article's title",
    "breadcrumb": "parts of a path, parted by › or the like",
    "class_NAME": "the block, or an element around it, has this class or id",
    "cue_SECTION_holds": "a short text that holds a cue word of this section",
    "cue_SECTION_label": "the text is a cue word of this section, and nothing more",
    "cue_SECTION_lead": "the text begins with a cue word of this section",
    "tag_NAME": "an element around the block has this tag",
}
"""By name, or by the frame that names are made in: NAME and SECTION stand for any word."""
