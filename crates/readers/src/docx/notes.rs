//! Where a DOCX file keeps its notes, and how it says that they are counted.

use super::numbering::format;
use super::xml::Node;
use crate::word::{Rule, Series};

/// Kind of the part that holds the texts of a series.
pub(super) fn part(series: Series) -> &'static str {
    match series {
        Series::Foot => "footnotes",
        Series::End => "endnotes",
    }
}

/// Element of one text.
pub(super) fn element(series: Series) -> &'static str {
    match series {
        Series::Foot => "footnote",
        Series::End => "endnote",
    }
}

/// The rule of a section (`w:sectPr`): what it says, else the settings of the file.
pub(super) fn rule(series: Series, section: Option<&Node>, settings: Option<&Node>) -> Rule {
    let properties = match series {
        Series::Foot => "footnotePr",
        Series::End => "endnotePr",
    };
    let said = [section, settings].map(|node| node.and_then(|node| node.child(properties)));
    let first = |name: &str| said.iter().flatten().find_map(|node| node.child(name));
    let usual = Rule::usual(series);
    Rule {
        format: first("numFmt").map_or(usual.format, |node| format(Some(node))),
        start: first("numStart")
            .and_then(|node| node.tag.attr("val")?.parse().ok())
            .unwrap_or(usual.start),
        restarts: first("numRestart").and_then(|node| node.tag.attr("val")) == Some("eachSect"),
    }
}
