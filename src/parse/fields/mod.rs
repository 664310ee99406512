//! Takes typed values out of front matter: [`Reader`] and [`Table`].
//!
//! A getter gives the value, or nothing and a diagnostic that says what was found and what to write. What is missing
//! and not required gives nothing and no diagnostic.

mod scalar;
mod text;

use std::{cell::RefCell, collections::BTreeMap};

use jiff::tz::TimeZone;

use crate::{
    diag::{Diagnostic, Place},
    model::source::Written,
};

use super::yaml::{
    Front,
    node::{Entry, Node, Value},
    schema::{Key, Shape, nearest},
};

/// What becomes of a key that brief does not know.
const KEPT: &str = "kept in `extra`";
/// What becomes of one where there is no `extra`.
const UNUSED: &str = "not used";

/// What all getters of one file share.
pub(super) struct Reader<'a> {
    front: &'a Front<'a>,
    zone: &'a TimeZone,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    diagnostics: Vec<Diagnostic>,
    /// Where the last text was found, so that equal texts are found one after the other.
    found: (&'static str, usize),
}

/// A map whose keys are known.
pub(super) struct Table<'r, 'n> {
    reader: &'r Reader<'r>,
    entries: &'n [Entry],
    /// Of the map itself.
    place: Place,
    /// The top-level key it is below; empty for the top level.
    root: &'static str,
}

/// Reads `front` with `walk`, a second time with places if there is something to report.
pub(super) fn read<T>(
    mut front: Front<'_>,
    zone: &TimeZone,
    walk: impl Fn(&Table<'_, '_>) -> Option<T>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<T> {
    if front.is_unreadable {
        return None;
    }
    let once = |front: &Front<'_>| {
        let reader = Reader { front, zone, state: RefCell::default() };
        let place = Place::at(front.first_line.saturating_sub(1).max(1), 1);
        let table = Table { reader: &reader, entries: &front.entries, place, root: "" };
        let has_extra = front.keys.iter().any(|key| key.name == "extra");
        table.check_keys(
            front.keys.iter().map(|key| key.name),
            if has_extra { KEPT } else { UNUSED },
        );
        table.check_duplicates();
        let read = walk(&table);
        (read, reader.state.into_inner().diagnostics)
    };
    let (read, found) = once(&front);
    if found.is_empty() {
        return read;
    }
    front.place();
    let (read, found) = once(&front);
    diagnostics.extend(found);
    read
}

impl Reader<'_> {
    fn report(&self, diagnostic: Diagnostic) {
        self.state.borrow_mut().diagnostics.push(diagnostic);
    }

    /// A text with its place. `root` is the top-level key it is below, `inner` the key it stands after, if another.
    fn written(
        &self,
        node: &Node,
        root: &'static str,
        inner: Option<&str>,
        text: String,
    ) -> Written {
        if node.place != Place::FILE {
            return Written { place: node.place, text };
        }
        let mut state = self.state.borrow_mut();
        let from = if state.found.0 == root { state.found.1 } else { 0 };
        let (place, end) = self.front.find(root, inner, &text, from);
        state.found = (root, end);
        Written { text, place }
    }
}

impl<'r, 'n> Table<'r, 'n> {
    /// The value of a key; `None` if the key is missing or has no value.
    pub(super) fn get(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key == key).filter(|entry| !entry.node.is_empty())
    }

    /// The keys and values, for maps whose keys are free.
    pub(super) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    /// The place of the map itself.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Reports an error at a value of this map.
    pub(super) fn error(
        &self,
        entry: &Entry,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.error_at(value_place(entry), code, message, hint);
    }

    /// Reports an error.
    pub(super) fn error_at(
        &self,
        place: Place,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.reader
            .report(Diagnostic::error(self.reader.front.file, place, code, message).hint(hint));
    }

    /// Reports a warning.
    pub(super) fn warning_at(
        &self,
        place: Place,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.reader
            .report(Diagnostic::warning(self.reader.front.file, place, code, message).hint(hint));
    }

    fn check_keys<'k>(&self, known: impl Iterator<Item = &'k str> + Clone, kept: &str) {
        for entry in self.entries {
            if known.clone().any(|name| name == entry.key) {
                continue;
            }
            let hint = match nearest(&entry.key, known.clone()) {
                Some(name) => format!("write `{name}:`, if that is meant"),
                None if kept == KEPT => {
                    "put it below `extra:`, if it is meant for templates".to_owned()
                }
                None => format!("known keys: {}", known.clone().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("unknown key `{}`, {kept}", entry.key);
            self.warning_at(entry.place, "unknown-key", message, hint);
        }
    }

    fn check_duplicates(&self) {
        let mut maps = vec![self.entries];
        while let Some(entries) = maps.pop() {
            let mut first: BTreeMap<&str, Place> = BTreeMap::new();
            for entry in entries {
                if let Some(place) = first.get(entry.key.as_str()) {
                    let message = format!("key `{}` stands here for the second time", entry.key);
                    let hint = format!("keep one of the two; the first is on line {}", place.line);
                    self.error_at(entry.place, "duplicate-key", message, hint);
                } else {
                    first.insert(&entry.key, entry.place);
                }
                collect_maps(&entry.node, &mut maps);
            }
        }
    }

    /// The value of a key that must be there; `example` is what may be written after it.
    pub(super) fn require(&self, key: &str, example: &str) -> Option<&'n Entry> {
        if let Some(entry) = self.get(key) {
            return Some(entry);
        }
        if self.root.is_empty() && self.reader.front.unread.iter().any(|unread| unread == key) {
            return None;
        }
        if let Some(entry) = self.entries.iter().find(|entry| entry.key == key) {
            let place = entry.place;
            self.error_at(
                place,
                "missing-key",
                format!("`{key}` is empty"),
                format!("write `{key}: {example}`"),
            );
            return None;
        }
        let misnamed =
            self.entries.iter().find(|entry| nearest(&entry.key, std::iter::once(key)).is_some());
        let (place, hint) = match misnamed {
            Some(entry) => (entry.place, format!("write `{key}:` in place of `{}:`", entry.key)),
            None => (self.place, format!("write a line `{key}: {example}`")),
        };
        self.error_at(place, "missing-key", format!("`{key}` is missing"), hint);
        None
    }

    /// The map below a key, whose keys are `known`.
    pub(super) fn table(&self, key: &'static str, keys: &[Key]) -> Option<Table<'r, 'n>> {
        let entry = self.get(key)?;
        match &entry.node.value {
            Value::Map(entries) => Some(self.below(key, entries, value_place(entry), keys)),
            _ => {
                self.wrong_type(entry, "a map", &below_hint(key, keys, ""));
                None
            }
        }
    }

    /// The map that is the value of an entry of this map, whose keys are `known`.
    pub(super) fn of_entry(&self, entry: &'n Entry, known: &[Key]) -> Option<Table<'r, 'n>> {
        let Value::Map(entries) = &entry.node.value else {
            self.wrong_type(entry, "a map", &below_hint(&entry.key, known, ""));
            return None;
        };
        let place = value_place(entry);
        let table = Table { reader: self.reader, entries, place, root: self.root };
        table.check_keys(known.iter().map(|key| key.name), UNUSED);
        Some(table)
    }

    /// The maps below a key, each with the keys of the schema; one map alone counts as a list of one, and one text as a map
    /// with that text for `short`, if it is given.
    pub(super) fn tables<T>(
        &self,
        key: &'static str,
        keys: &[Key],
        short: Option<fn(String) -> T>,
        read: impl Fn(&Table<'r, 'n>) -> Option<T>,
    ) -> Vec<T> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let mut found = Vec::with_capacity(nodes.len());
        for node in nodes {
            match (&node.value, short, node.as_text()) {
                (Value::Map(entries), ..) => {
                    found.extend(read(&self.below(key, entries, node.place, keys)))
                }
                (_, Some(short), Some(text)) => found.push(short(text)),
                _ => self.error_at(
                    node.place,
                    "wrong-type",
                    format!("an element of `{key}` is {}, not a map", node.kind()),
                    below_hint(key, keys, "- "),
                ),
            }
        }
        found
    }

    /// Warns of keys of this map that the schema of `key` does not have.
    pub(super) fn check_below(&self, keys: &[Key], key: &str) {
        if let Some(Shape::Nested(texts, others)) =
            keys.iter().find(|it| it.name == key).map(|it| it.shape)
        {
            self.check_keys(texts.iter().chain(others).copied(), UNUSED);
        }
    }

    fn below(
        &self,
        key: &'static str,
        entries: &'n [Entry],
        place: Place,
        keys: &[Key],
    ) -> Table<'r, 'n> {
        let root = if self.root.is_empty() { key } else { self.root };
        let table = Table { reader: self.reader, entries, place, root };
        table.check_below(keys, key);
        table
    }

    /// All keys that are not `known`, and what is under `extra`.
    pub(super) fn extra(&self, known: &[Key]) -> BTreeMap<String, serde_json::Value> {
        let mut extra = BTreeMap::new();
        if let Some(entry) = self.get("extra") {
            match &entry.node.value {
                Value::Map(entries) => {
                    extra.extend(entries.iter().map(|it| (it.key.clone(), (&it.node).into())));
                }
                _ => self.wrong_type(
                    entry,
                    "a map",
                    "write `extra:` and below it lines `  key: value`",
                ),
            }
        }
        for entry in self.entries {
            if !known.iter().any(|key| key.name == entry.key) {
                extra.entry(entry.key.clone()).or_insert_with(|| (&entry.node).into());
            }
        }
        extra
    }

    fn wrong_type(&self, entry: &Entry, wanted: &str, hint: &str) {
        let found = match entry.node.as_text() {
            Some(text) => format!("«{text}»"),
            None => entry.node.kind().to_owned(),
        };
        self.error(entry, "wrong-type", format!("`{}` is {found}, not {wanted}", entry.key), hint);
    }
}

/// The place of an entry's value; of its key if the value has none.
fn value_place(entry: &Entry) -> Place {
    if entry.node.place == Place::FILE { entry.place } else { entry.node.place }
}

fn below_hint(key: &str, keys: &[Key], dash: &str) -> String {
    let first = match keys.iter().find(|it| it.name == key).map(|it| it.shape) {
        Some(Shape::Nested(texts, others)) => {
            others.iter().chain(texts).next().copied().unwrap_or("key")
        }
        _ => "key",
    };
    format!("write `{key}:` and below it `  {dash}{first}: …`")
}

fn collect_maps<'n>(node: &'n Node, maps: &mut Vec<&'n [Entry]>) {
    match &node.value {
        Value::Map(entries) => maps.push(entries),
        Value::List(nodes) => nodes.iter().for_each(|node| collect_maps(node, maps)),
        _ => {}
    }
}
