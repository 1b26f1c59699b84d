//! The relations of an act as two drawings: what it does to others, what others do to it.
//!
//! One narrow column, 340 units wide: on a phone a unit is about a pixel, so letters and targets
//! keep their size. Every box and line is a link with a name; an act that is not here leads to its place in the
//! list below.

use web::Look;

use super::Group;

/// Acts named in a box; the others are counted.
const NAMED: usize = 3;
/// Letters of a line; longer names are cut, their list below has them whole.
pub(super) const LETTERS: usize = 36;
/// Heights: the head of a box, a line in it, the space between boxes.
const HEAD: u32 = 44;
const LINE: u32 = 30;
const GAP: u32 = 16;

/// A drawing, in units from its upper left corner; the act itself stands at its top.
pub(super) struct Drawing {
    /// What it shows.
    pub(super) title: String,
    pub(super) height: u32,
    /// Where the spine ends.
    pub(super) spine: u32,
    /// Name of the act.
    pub(super) own: String,
    /// What this act suffers rather than does.
    pub(super) passive: bool,
    pub(super) boxes: Vec<Drawn>,
}

/// The relations of one kind and direction.
pub(super) struct Drawn {
    pub(super) top: u32,
    pub(super) height: u32,
    pub(super) label: String,
    /// Anchor of the list.
    pub(super) id: String,
    /// Acts named here.
    pub(super) lines: Vec<Named>,
    /// Top and "và 12 văn bản khác".
    pub(super) more: Option<(u32, String)>,
}

/// An act named in a box.
pub(super) struct Named {
    pub(super) top: u32,
    /// As much of the name as a line holds.
    pub(super) shown: String,
    pub(super) name: String,
    /// Local address; empty for an act that is not here.
    pub(super) path: String,
}

/// Draws the groups of each direction; a direction without groups has no drawing.
pub(super) fn draw(groups: &[Group], own: &str, look: Look) -> Vec<Drawing> {
    let sides = [
        (false, "Văn bản này đối với văn bản khác"),
        (true, "Văn bản khác đối với văn bản này"),
    ];
    let side = |(passive, title): (bool, &str)| {
        let mut top = HEAD + GAP;
        let shown = groups.iter().filter(|group| group.passive == passive);
        let boxes: Vec<Drawn> = shown.map(|group| drawn(group, &mut top, look)).collect();
        let spine = boxes.last()?.top + HEAD / 2;
        Some(Drawing {
            title: look.t(title).to_owned(),
            height: top,
            spine,
            own: cut(own),
            passive,
            boxes,
        })
    };
    sides.into_iter().filter_map(side).collect()
}

fn drawn(group: &Group, top: &mut u32, look: Look) -> Drawn {
    let start = *top;
    let mut at = start + HEAD;
    let mut lines = Vec::new();
    for line in group.lines.iter().take(NAMED) {
        lines.push(Named {
            top: at,
            shown: cut(&line.short),
            name: line.short.clone(),
            path: line.path.clone(),
        });
        at += LINE;
    }
    let others = group.count.saturating_sub(NAMED);
    let more = (others > 0).then(|| {
        let words = (at, look.fill("và {} văn bản khác", &[&others]));
        at += LINE;
        words
    });
    *top = at + GAP;
    Drawn {
        top: start,
        height: at - start + 4,
        label: format!("{} ({})", look.t(group.label), group.count),
        id: group.id.clone(),
        lines,
        more,
    }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let start: String = name.chars().take(LETTERS - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::super::Line;
    use super::*;
    use web::Lang;

    fn group(passive: bool, count: usize) -> Group {
        let line = || Line {
            name: String::new(),
            short: "Nghị định có tên rất dài không thể nào vừa một dòng".to_owned(),
            path: String::new(),
            issued: String::new(),
            parts: String::new(),
            evidence: String::new(),
            said: Default::default(),
        };
        Group {
            label: "Thay thế",
            id: "thay-the".to_owned(),
            passive,
            count,
            lines: (0..count).map(|_| line()).collect(),
        }
    }

    #[test]
    fn many_relations_are_counted_and_nothing_overlaps() {
        let groups = [group(false, 2), group(true, 150), group(false, 3)];
        let drawings = draw(&groups, "Luật", Look::plain(Lang::Vi));
        assert_eq!(
            drawings.iter().map(|one| one.boxes.len()).collect::<Vec<_>>(),
            [2, 1]
        );
        let more = drawings[1].boxes[0].more.as_ref().map(|more| more.1.as_str());
        assert_eq!(more, Some("và 147 văn bản khác"));
        assert!(drawings[0].boxes[0].lines[0].shown.chars().count() <= LETTERS);
        for drawing in &drawings {
            let boxes = drawing.boxes.iter().map(|one| (one.top, one.top + one.height));
            let spans: Vec<(u32, u32)> = std::iter::once((0, HEAD)).chain(boxes).collect();
            assert!(spans.windows(2).all(|pair| pair[0].1 < pair[1].0), "{spans:?}");
            assert!(spans.iter().all(|span| span.1 <= drawing.height));
        }
        assert!(draw(&[], "Luật", Look::plain(Lang::Vi)).is_empty());
    }
}
