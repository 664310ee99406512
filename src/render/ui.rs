//! The words of the pages that are not the editors': labels, headings, counts. In: `ui/<language>.yaml`. Out: a
//! [`Ui`]. [`read`] is the entry.
//!
//! A text has a dotted key (`nav.home`). Texts with a count hold one form for each plural category of CLDR.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_yaml::{Mapping, Value};

use crate::{
    diag::{Diagnostic, Place},
    model::Digest,
    text::{html::escape, locale::Locale},
};

/// The UI texts of a language; templates see them as maps: `ui.nav.home`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ui {
    texts: BTreeMap<String, Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Text {
    One(String),
    /// Plural category → form.
    Plural(BTreeMap<String, String>),
}

impl Text {
    fn form(&self, category: &str) -> Option<&str> {
        match self {
            Self::One(text) => Some(text),
            Self::Plural(forms) => {
                forms.get(category).or_else(|| forms.get(OTHER)).map(String::as_str)
            }
        }
    }
}

const OTHER: &str = "other";
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", OTHER];

impl Ui {
    /// The text of a key; of one with plural forms the form `other`; the key itself if there is no such text.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).and_then(|text| text.form(OTHER)).unwrap_or(key)
    }

    /// The text of a key with its placeholders `{name}` replaced, all at once: a value that looks like a placeholder
    /// stays.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.text(key), values)
    }

    /// The text of a key as HTML, with HTML for its placeholders.
    #[must_use]
    pub fn html_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(&escape(self.text(key)), values)
    }

    /// The text of a key in the plural form for `n`, with `{n}` as the number in the site's numerals. A form `zero`
    /// is taken for 0 in every language.
    #[must_use]
    pub fn count(&self, key: &str, n: u64, locale: &Locale) -> String {
        let Some(text) = self.texts.get(key) else { return key.to_owned() };
        let has_zero = matches!(text, Text::Plural(forms) if forms.contains_key("zero"));
        let category = if n == 0 && has_zero { "zero" } else { locale.plural(n) };
        filled(text.form(category).unwrap_or(key), &[("n", &locale.number(n))])
    }

    /// These texts with `other`'s in place of those of the same keys. Plural forms without `other` among them replace
    /// single forms.
    #[must_use]
    pub fn overlay(mut self, other: Self) -> Self {
        for (key, text) in other.texts {
            match (self.texts.get_mut(&key), text) {
                (Some(Text::Plural(own)), Text::Plural(forms)) if !forms.contains_key(OTHER) => {
                    own.extend(forms)
                }
                (_, text) => drop(self.texts.insert(key, text)),
            }
        }
        self
    }

    /// Of all texts.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        };
        for (key, text) in &self.texts {
            part(key);
            match text {
                Text::One(text) => part(text),
                Text::Plural(forms) => forms.iter().for_each(|(category, form)| {
                    part(category);
                    part(form);
                }),
            }
        }
        Digest::finish(&hasher)
    }

    /// Every key in order, with the plural categories that its text has (none for a plain text).
    pub fn keys(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.texts.iter().map(|(key, text)| match text {
            Text::One(_) => (key.as_str(), Vec::new()),
            Text::Plural(forms) => (key.as_str(), forms.keys().map(String::as_str).collect()),
        })
    }
}

/// A tree of maps, one level for each dot of a key.
#[derive(Default)]
struct Tree<'a> {
    branches: BTreeMap<&'a str, Tree<'a>>,
    text: Option<&'a Text>,
}

impl Serialize for Ui {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = Tree::default();
        for (key, text) in &self.texts {
            let leaf =
                key.split('.').fold(&mut root, |tree, part| tree.branches.entry(part).or_default());
            leaf.text = Some(text);
        }
        root.serialize(serializer)
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let (Some(text), true) = (self.text, self.branches.is_empty()) {
            return text.serialize(serializer);
        }
        let mut map = serializer.serialize_map(Some(self.branches.len()))?;
        for (key, branch) in &self.branches {
            map.serialize_entry(key, branch)?;
        }
        map.end()
    }
}

fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let placeholder = after.split_once('}');
        let value =
            placeholder.and_then(|(name, _)| values.iter().find(|(known, _)| *known == name));
        out.push_str(before);
        match (placeholder, value) {
            (Some((_, after)), Some((_, value))) => {
                out.push_str(value);
                rest = after;
            }
            _ => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Reads the UI texts of `file`, whose name is used in diagnostics only. What cannot be read is left out.
#[must_use]
pub fn read(file: &str, yaml: &str) -> (Ui, Vec<Diagnostic>) {
    let mut reader = Reader { file, yaml, ui: Ui::default(), diagnostics: Vec::new() };
    match serde_yaml::from_str::<Value>(yaml.trim_start_matches('\u{FEFF}')) {
        Ok(Value::Mapping(texts)) => reader.group("", &texts),
        Ok(Value::Null) => {}
        Ok(_) => reader.fault("", "expected a list of `key: text`".to_owned()),
        Err(error) => {
            let place = error
                .location()
                .map_or(Place::FILE, |at| Place::at(number(at.line()), number(at.column())));
            let message = format!("cannot read the texts: {error}");
            reader.diagnostics.push(Diagnostic::error(file, place, "ui-text", message));
        }
    }
    (reader.ui, reader.diagnostics)
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Reader<'a> {
    file: &'a str,
    yaml: &'a str,
    ui: Ui,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn group(&mut self, prefix: &str, texts: &Mapping) {
        for (key, value) in texts {
            let Some(key) = scalar(key) else {
                self.fault(prefix, format!("a key under `{prefix}` is not text"));
                continue;
            };
            let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
            match value {
                Value::Mapping(forms) if is_plural(forms) => self.plural(path, forms),
                Value::Mapping(texts) => self.group(&path, texts),
                value => match scalar(value) {
                    Some(text) => drop(self.ui.texts.insert(path, Text::One(text))),
                    None => self.fault(&path, format!("`{path}` is not text")),
                },
            }
        }
    }

    fn plural(&mut self, path: String, forms: &Mapping) {
        let form = |(category, form): (&Value, &Value)| Some((scalar(category)?, scalar(form)?));
        let read: BTreeMap<String, String> = forms.iter().filter_map(form).collect();
        if read.len() < forms.len() {
            self.fault(&path, format!("a form of `{path}` is not text"));
        }
        self.ui.texts.insert(path, Text::Plural(read));
    }

    fn fault(&mut self, path: &str, message: String) {
        let hint = "write `key: text`, or one text for each of zero, one, two, few, many, other";
        let diagnostic =
            Diagnostic::error(self.file, place_of(self.yaml, path), "ui-text", message);
        self.diagnostics.push(diagnostic.hint(hint));
    }
}

/// Whether a map holds the forms of one text: it has plural categories for keys, and `other` not alone.
fn is_plural(forms: &Mapping) -> bool {
    let known = |key: &Value| key.as_str().is_some_and(|key| CATEGORIES.contains(&key));
    let is_other_alone = forms.len() == 1 && forms.contains_key(OTHER);
    !forms.is_empty() && !is_other_alone && forms.keys().all(known)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The line of a dotted key, found by the keys above it.
fn place_of(yaml: &str, path: &str) -> Place {
    let mut wanted = path.split('.').filter(|part| !part.is_empty()).peekable();
    for (line, text) in (1..).zip(yaml.lines()) {
        let key =
            text.trim_start().split(':').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
        if wanted.peek() == Some(&key) {
            wanted.next();
            if wanted.peek().is_none() {
                return Place::at(line, 0);
            }
        }
    }
    Place::FILE
}
