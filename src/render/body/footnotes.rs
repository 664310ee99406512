//! Footnotes of a text: numbered in the order of their first reference, gathered at the end, each with a way back.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{CowStr, Event, Tag};

use super::Desk;
use crate::text::{bidi::Direction, html::escape};

/// The footnotes of one text.
pub(super) struct Footnotes<'a> {
    /// Name → number, from 1.
    numbers: BTreeMap<String, u64>,
    /// Number → the note's events.
    notes: BTreeMap<u64, Vec<Event<'a>>>,
    /// References seen to each number, for unique anchors.
    seen: BTreeMap<u64, usize>,
    /// What stood before the note that is open, and its number.
    open: Vec<(Vec<Event<'a>>, u64)>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn of(events: &[(Event<'a>, Range<usize>)]) -> Self {
        let mut numbers = BTreeMap::new();
        let references = events.iter().filter_map(|(event, _)| match event {
            Event::FootnoteReference(name) => Some(name),
            _ => None,
        });
        let definitions = events.iter().filter_map(|(event, _)| match event {
            Event::Start(Tag::FootnoteDefinition(name)) => Some(name),
            _ => None,
        });
        for name in references.chain(definitions) {
            let next = numbers.len() as u64 + 1;
            numbers.entry(name.to_string()).or_insert(next);
        }
        Self { numbers, notes: BTreeMap::new(), seen: BTreeMap::new(), open: Vec::new() }
    }

    /// The mark in the text.
    pub(super) fn reference(&mut self, desk: &Desk<'_>, name: &CowStr<'_>) -> String {
        let number = self.numbers.get(name.as_ref()).copied().unwrap_or(0);
        let seen = self.seen.entry(number).or_default();
        *seen += 1;
        let again = if *seen > 1 { format!("-{seen}") } else { String::new() };
        let shown = desk.locale.number(number);
        // Isolated, or its number would join one that it stands behind.
        let dir = Direction::of(&desk.newsroom.config.language).attribute();
        let label = desk.ui.with("footnote.reference", &[("n", &shown)]);
        format!(
            "<sup class=\"footnote\" dir=\"{dir}\"><a href=\"#fn-{number}\" id=\"fnref-{number}{again}\" aria-label=\"{}\">{shown}</a></sup>",
            escape(&label)
        )
    }

    pub(super) fn begin(&mut self, name: CowStr<'a>, outer: Vec<Event<'a>>) {
        let number = self.numbers.get(name.as_ref()).copied().unwrap_or(0);
        self.open.push((outer, number));
    }

    /// Takes the note's events out of the flow and gives back what stood before it.
    pub(super) fn end(&mut self, out: &mut Vec<Event<'a>>) {
        if let Some((outer, number)) = self.open.pop() {
            let note = std::mem::replace(out, outer);
            self.notes.insert(number, note);
        }
    }

    /// All notes, at the end of the text.
    pub(super) fn section(
        &mut self,
        desk: &Desk<'_>,
        direction: Direction,
        out: &mut Vec<Event<'a>>,
    ) {
        if self.notes.is_empty() {
            return;
        }
        // The arrow points back: it is not turned round by the algorithm.
        let arrow = if direction == Direction::Rtl { '\u{21AA}' } else { '\u{21A9}' };
        let title = escape(desk.ui.text("footnote.title")).into_owned();
        let open = format!("<section class=\"footnotes\" aria-label=\"{title}\">\n<ol>\n");
        out.push(Event::Html(open.into()));
        for (number, note) in std::mem::take(&mut self.notes) {
            out.push(Event::Html(format!("<li id=\"fn-{number}\">\n").into()));
            let back = escape(desk.ui.text("footnote.back")).into_owned();
            out.extend(note);
            if self.seen.contains_key(&number) {
                let link = format!(
                    "<a class=\"footnote-back\" href=\"#fnref-{number}\" aria-label=\"{back}\">{arrow}\u{FE0E}</a>\n"
                );
                out.push(Event::Html(link.into()));
            }
            out.push(Event::Html("</li>\n".into()));
        }
        out.push(Event::Html("</ol>\n</section>\n".into()));
    }
}
