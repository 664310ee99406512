//! The getters of [`Table`] for texts: one, several, with or without their places.

use crate::{diag::Place, model::source::Written, text::sanitize::is_safe_url};

use super::{
    super::yaml::{
        marks,
        node::{Entry, Node, Value},
    },
    Table,
};

impl<'n> Table<'_, 'n> {
    /// Text, in one line.
    pub(in crate::parse) fn text(&self, key: &'static str) -> Option<String> {
        let entry = self.get(key)?;
        let text = entry.node.as_text();
        if text.is_none() {
            self.wrong_type(entry, "text", &format!("write `{key}: …` in one line"));
        }
        text
    }

    /// A path or URL; an error for one that a browser would run.
    pub(in crate::parse) fn url(&self, key: &'static str) -> Option<String> {
        let text = self.text(key)?;
        self.safe(key, &text).then_some(text)
    }

    /// Paths or URLs, without those that a browser would run.
    pub(in crate::parse) fn urls(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().filter(|text| self.safe(key, text)).collect()
    }

    /// Whether a link may lead to `text`; an error if not.
    pub(in crate::parse) fn safe(&self, key: &'static str, text: &str) -> bool {
        let is_safe = is_safe_url(text);
        if let (false, Some(entry)) = (is_safe, self.get(key)) {
            let message = format!("`{key}` leads to «{text}», not to a path or URL");
            self.error(entry, "bad-url", message, format!("write `{key}: https://…`"));
        }
        is_safe
    }

    /// Text that must be there; an error otherwise.
    pub(in crate::parse) fn required_text(&self, key: &'static str) -> Option<String> {
        self.require(key, "…")?;
        self.text(key)
    }

    /// Texts; one text alone counts as a list of one.
    pub(in crate::parse) fn texts(&self, key: &'static str) -> Vec<String> {
        self.items(key).into_iter().map(|(_, text)| text).collect()
    }

    /// Texts with their places; one text alone counts as a list of one.
    pub(in crate::parse) fn writtens(&self, key: &'static str) -> Vec<Written> {
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
    pub(in crate::parse) fn written(&self, key: &'static str) -> Option<Written> {
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
                None if node.is_empty() => self.warning_at(
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
        self.error_at(
            node.place,
            "wrong-type",
            format!("an element of `{key}` is {}, not text", node.kind()),
            hint,
        );
    }

    /// The text of a value of this map whose key is free, with its place.
    pub(in crate::parse) fn written_of(&self, entry: &Entry) -> Option<Written> {
        let text = entry.node.as_text()?;
        Some(self.reader.written(
            &entry.node,
            self.root,
            Some(&entry.key),
            marks::trim(&text).to_owned(),
        ))
    }
}
