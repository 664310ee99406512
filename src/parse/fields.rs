//! Takes typed values out of front matter: [`Reader`] and [`Table`].
//!
//! A getter gives the value, or nothing and a diagnostic that says what was found and what to write. What is missing
//! and not required gives nothing and no diagnostic.

use std::{cell::RefCell, collections::BTreeMap};

use jiff::{civil, tz::TimeZone};

use crate::{
    diag::{Diagnostic, Place},
    model::{article::Moment, source::Written},
};

use super::{
    value::date,
    yaml::{
        Front, marks,
        node::{Entry, Node, Value},
        schema::{Key, Shape, distance, nearest},
    },
};

/// What all getters of one file share.
pub(super) struct Reader<'a> {
    file: &'a str,
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
    file: &str,
    mut front: Front<'_>,
    zone: &TimeZone,
    keys: &'static [Key],
    walk: impl Fn(&Table<'_, '_>) -> T,
    diagnostics: &mut Vec<Diagnostic>,
) -> T {
    let once = |front: &Front<'_>| {
        let reader = Reader { file, front, zone, state: RefCell::default() };
        let place = Place::at(front.first_line.saturating_sub(1).max(1), 1);
        let table = Table { reader: &reader, entries: &front.entries, place, root: "" };
        table.check_keys(keys.iter().map(|key| key.name), "kept in `extra`");
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

    fn error(&self, place: Place, code: &'static str, message: String, hint: impl Into<String>) {
        self.report(Diagnostic::error(self.file, place, code, message).hint(hint));
    }

    fn warning(&self, place: Place, code: &'static str, message: String, hint: impl Into<String>) {
        self.report(Diagnostic::warning(self.file, place, code, message).hint(hint));
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

    /// Reports an error at a value of this map.
    pub(super) fn error(
        &self,
        entry: &Entry,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.reader.error(value_place(entry), code, message, hint);
    }

    /// Reports a warning at a value of this map.
    pub(super) fn warning(
        &self,
        entry: &Entry,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
    ) {
        self.reader.warning(value_place(entry), code, message, hint);
    }

    /// Reports an image without a description.
    pub(super) fn missing_alt(&self, place: Place, src: &str) {
        let message = format!("image «{src}» has no `alt`");
        self.reader.error(
            place,
            "missing-alt",
            message,
            "write below `image:` a line `  alt: …`, what the image shows",
        );
    }

    /// Reports an old URL that is not a path from the site's root.
    pub(super) fn bad_alias(&self, alias: &Written, path: &str) {
        let message = format!("alias «{}» does not begin with `/`; read as «{path}»", alias.text);
        self.reader.warning(alias.place, "bad-alias", message, format!("write `{path}`"));
    }

    /// Reports an edition that is not named after its day.
    pub(super) fn bad_file_name(&self, stem: &str) {
        let message = format!("«{stem}» is not the date of an edition");
        self.reader.error(
            Place::FILE,
            "bad-file-name",
            message,
            "name the file after its day: `2023-09-12.md`",
        );
    }

    /// The place of the map itself.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The keys and values, for maps whose keys are free.
    pub(super) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    fn check_keys<'k>(&self, known: impl Iterator<Item = &'k str> + Clone, kept: &str) {
        for entry in self.entries {
            if known.clone().any(|name| name == entry.key) {
                continue;
            }
            let hint = match nearest(&entry.key, known.clone()) {
                Some(name) => format!("write `{name}:`, if that is meant"),
                None => format!("known keys: {}", known.clone().collect::<Vec<_>>().join(", ")),
            };
            let message = format!("unknown key `{}`, {kept}", entry.key);
            self.reader.warning(entry.place, "unknown-key", message, hint);
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
                    self.reader.error(entry.place, "duplicate-key", message, hint);
                } else {
                    first.insert(&entry.key, entry.place);
                }
                collect_maps(&entry.node, &mut maps);
            }
        }
    }

    /// Text, in one line.
    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        let entry = self.get(key)?;
        let text = entry.node.as_text();
        if text.is_none() {
            self.wrong_type(entry, "text", &format!("write `{key}: …` in one line"));
        }
        text
    }

    /// Text that must be there; an error otherwise.
    pub(super) fn required_text(&self, key: &'static str) -> Option<String> {
        self.require(key, "…")?;
        self.text(key)
    }

    /// The value of a key that must be there; `example` is what may be written after it.
    pub(super) fn require(&self, key: &str, example: &str) -> Option<&'n Entry> {
        if let Some(entry) = self.get(key) {
            return Some(entry);
        }
        if let Some(entry) = self.entries.iter().find(|entry| entry.key == key) {
            let place = entry.place;
            self.reader.error(
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
        self.reader.error(place, "missing-key", format!("`{key}` is missing"), hint);
        None
    }

    /// Texts; one text alone counts as a list of one.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        self.items(key).into_iter().map(|(_, text)| text).collect()
    }

    /// Texts with their places; one text alone counts as a list of one.
    pub(super) fn writtens(&self, key: &'static str) -> Vec<Written> {
        let inner = (!self.root.is_empty()).then_some(key);
        self.items(key)
            .into_iter()
            .map(|(node, text)| {
                let root = if self.root.is_empty() { key } else { self.root };
                self.reader.written(node, root, inner, marks::trim(&text).to_owned())
            })
            .collect()
    }

    /// One text with its place.
    pub(super) fn written(&self, key: &'static str) -> Option<Written> {
        let text = self.text(key)?;
        let entry = self.get(key)?;
        let (root, inner) = if self.root.is_empty() { (key, None) } else { (self.root, Some(key)) };
        Some(self.reader.written(&entry.node, root, inner, marks::trim(&text).to_owned()))
    }

    fn items(&self, key: &'static str) -> Vec<(&'n Node, String)> {
        let Some(entry) = self.get(key) else { return Vec::new() };
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let mut items = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node.as_text().filter(|text| !text.is_empty()) {
                Some(text) => items.push((node, text)),
                None if node.is_empty() => self.reader.warning(
                    if node.place == Place::FILE { entry.place } else { node.place },
                    "empty-item",
                    format!("`{key}` has an empty element"),
                    "delete it",
                ),
                None => self.wrong_item(key, node),
            }
        }
        items
    }

    fn wrong_item(&self, key: &str, node: &Node) {
        let hint = match &node.value {
            Value::Map(entries) if entries.len() == 1 => {
                let value = entries[0].node.as_text().unwrap_or_default();
                format!("put it in quotes: `- \"{}: {value}\"`", entries[0].key)
            }
            _ => format!("write `{key}:` and below it lines `  - …`"),
        };
        self.reader.error(
            node.place,
            "wrong-type",
            format!("an element of `{key}` is {}, not text", node.kind()),
            hint,
        );
    }

    /// True or false; `yes`, `no` and their like in Arabic, Persian and Hebrew are understood.
    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let entry = self.get(key)?;
        let found = match &entry.node.value {
            Value::Bool(value) => Some(*value),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            Value::Text(text) => match marks::trim(text).to_lowercase().as_str() {
                "true" | "yes" | "on" | "y" | "1" | "نعم" | "صحيح" | "بله" | "כן" => {
                    Some(true)
                }
                "false" | "no" | "off" | "n" | "0" | "لا" | "خطأ" | "خیر" | "לא" => {
                    Some(false)
                }
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            self.wrong_type(
                entry,
                "true or false",
                &format!("write `{key}: true` or `{key}: false`"),
            );
        }
        found
    }

    /// A whole number from `least` to `most`; digits of any script are understood.
    pub(super) fn integer(&self, key: &'static str, least: i64, most: i64) -> Option<i64> {
        let entry = self.get(key)?;
        let number = match &entry.node.value {
            Value::Int(value) => Some(*value),
            Value::Text(text) => date::latin_digits(marks::trim(text)).parse().ok(),
            _ => None,
        };
        let hint = if most == i64::MAX {
            format!("write a whole number of at least {least}")
        } else {
            format!("write a whole number from {least} to {most}, e.g. `{key}: {least}`")
        };
        match number {
            Some(number) if (least..=most).contains(&number) => return Some(number),
            Some(number) => {
                self.error(entry, "out-of-range", format!("`{key}` is {number}"), hint);
            }
            None => self.wrong_type(entry, "a whole number", &hint),
        }
        None
    }

    /// One of a few values; `table` has their names.
    pub(super) fn choice<T: Copy>(
        &self,
        key: &'static str,
        table: &[(&'static str, T)],
    ) -> Option<T> {
        let entry = self.get(key)?;
        let found = match entry.node.as_text() {
            Some(text) => marks::trim(&text).to_lowercase().replace([' ', '-'], "_"),
            None => {
                let names = table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                self.wrong_type(entry, "one word", &format!("write one of: {names}"));
                return None;
            }
        };
        // YAML makes true and false of some of the words.
        let value = table.iter().find(|(name, _)| *name == found).map(|(_, value)| *value);
        if value.is_none() {
            let near = table
                .iter()
                .map(|(name, _)| (distance(&found, name), *name))
                .min_by_key(|(distance, _)| *distance)
                .filter(|(distance, name)| *distance <= name.chars().count().div_ceil(2));
            let names = table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            let hint = match near {
                Some((_, name)) => format!("write `{key}: {name}`; known are: {names}"),
                None => format!("write one of: {names}"),
            };
            self.error(entry, "unknown-value", format!("`{key}` «{found}» is not known"), hint);
        }
        value
    }

    /// A date, or a date with a time of day, in the site's time zone.
    pub(super) fn moment(&self, key: &'static str) -> Option<Moment> {
        let entry = self.get(key)?;
        let read = date::moment(&self.date_text(entry)?, self.reader.zone);
        read.map_err(|fault| self.bad_date(entry, &fault)).ok()
    }

    /// A date without time.
    pub(super) fn day(&self, key: &'static str) -> Option<civil::Date> {
        let entry = self.get(key)?;
        let read = date::day(&self.date_text(entry)?);
        read.map_err(|fault| self.bad_date(entry, &fault)).ok()
    }

    fn date_text(&self, entry: &Entry) -> Option<String> {
        let text = entry.node.as_text();
        if text.is_none() {
            self.wrong_type(entry, "a date", &format!("write `{}: 2023-09-12`", entry.key));
        }
        text
    }

    fn bad_date(&self, entry: &Entry, fault: &date::Fault) {
        self.error(
            entry,
            "bad-date",
            fault.message.clone(),
            format!("write {}", fault.remedy(&entry.key)),
        );
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
                _ => self.reader.error(
                    node.place,
                    "wrong-type",
                    format!("an element of `{key}` is {}, not a map", node.kind()),
                    below_hint(key, keys, "- "),
                ),
            }
        }
        found
    }

    /// The maps below a key, whose keys are free.
    pub(super) fn free_tables<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Table<'r, 'n>) -> Option<T>,
    ) -> Vec<T> {
        self.tables(key, &[], None, read)
    }

    /// Warns of keys of this map that the schema of `key` does not have.
    pub(super) fn check_below(&self, keys: &[Key], key: &str) {
        if let Some(Shape::Nested(texts, others)) =
            keys.iter().find(|it| it.name == key).map(|it| it.shape)
        {
            self.check_keys(texts.iter().chain(others).copied(), "not used");
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
