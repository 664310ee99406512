//! Headings of a text: ids in the native script, unique in the text, and levels that leave the page one `h1`.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::text::slug;

/// What the headings of a text need.
pub(super) struct Headings {
    /// Ids in order, for headings without one of their own.
    ids: std::vec::IntoIter<String>,
    /// Added to each level: 1 where the text has a heading of level 1, which is the page's.
    shift: usize,
}

impl Headings {
    pub(super) fn of(events: &[(Event<'_>, Range<usize>)]) -> Self {
        let mut used = BTreeMap::new();
        let mut ids = Vec::new();
        let mut shift = 0;
        let mut text: Option<(String, Option<String>)> = None;
        for (event, _) in events {
            match event {
                Event::Start(Tag::Heading { level, id, .. }) => {
                    shift = shift.max(usize::from(*level == HeadingLevel::H1));
                    text = Some((String::new(), id.as_ref().map(ToString::to_string)));
                }
                Event::Text(part) | Event::Code(part) => {
                    if let Some((text, _)) = &mut text {
                        text.push_str(part);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((text, own)) = text.take() {
                        ids.push(unique(own.unwrap_or_else(|| slug::heading_id(&text)), &mut used));
                    }
                }
                _ => {}
            }
        }
        Self { ids: ids.into_iter(), shift }
    }

    pub(super) fn level(&self, level: HeadingLevel) -> HeadingLevel {
        HeadingLevel::try_from(level as usize + self.shift).unwrap_or(HeadingLevel::H6)
    }

    pub(super) fn id<'a>(&mut self, own: Option<CowStr<'a>>) -> CowStr<'a> {
        self.ids.next().map(CowStr::from).or(own).unwrap_or_else(|| CowStr::from("section"))
    }
}

/// The id, or the id with the first number that makes it unique. `used` holds for each id the next number to try.
fn unique(id: String, used: &mut BTreeMap<String, usize>) -> String {
    let base = if id.is_empty() { "section".to_owned() } else { id };
    let mut number = used.get(&base).copied().unwrap_or(1);
    let mut id = base.clone();
    while used.contains_key(&id) {
        number += 1;
        id = format!("{base}-{number}");
    }
    used.insert(base, number);
    used.entry(id.clone()).or_insert(1);
    id
}
