//! A writer of small XML documents. In: names, attributes and text. Out: UTF-8 XML 1.0, one element to a line.
//!
//! Entry: [`Xml::new`]. All text is escaped here and nowhere else; characters that XML 1.0 forbids are dropped.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    escape::partial_escape,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::plain;

/// Attributes of an element: name and unescaped value.
pub(in crate::render) type Attributes<'t> = &'t [(&'t str, &'t str)];

/// An XML document that is being written at the end of a buffer.
pub(in crate::render) struct Xml<'a> {
    writer: Writer<&'a mut Vec<u8>>,
}

impl<'a> Xml<'a> {
    /// Begins a document with its XML declaration.
    pub(in crate::render) fn new(out: &'a mut Vec<u8>) -> Self {
        let mut xml = Self { writer: Writer::new_with_indent(out, b' ', 0) };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    /// Begins a part of a document, to be put into others by [`Xml::part`].
    pub(in crate::render) fn of_part(out: &'a mut Vec<u8>) -> Self {
        Self { writer: Writer::new_with_indent(out, b' ', 0) }
    }

    /// A part that was made before, on lines of its own.
    pub(in crate::render) fn part(&mut self, part: &[u8]) {
        let out = self.writer.get_mut();
        out.push(b'\n');
        out.extend_from_slice(part);
    }

    /// `<name attributes>`
    pub(in crate::render) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// `</name>`
    pub(in crate::render) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// `<name attributes/>`
    pub(in crate::render) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// `<name>text</name>`
    pub(in crate::render) fn text(&mut self, name: &str, text: &str) {
        self.text_with(name, &[], text);
    }

    /// `<name attributes>text</name>`; quotes stay as they are, which keeps HTML in text short.
    pub(in crate::render) fn text_with(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        text: &str,
    ) {
        self.open(name, attributes);
        self.event(Event::Text(BytesText::from_escaped(escaped(text))));
        self.close(name);
    }

    /// Ends the document with a line feed.
    pub(in crate::render) fn finish(self) {
        self.writer.into_inner().push(b'\n');
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing into memory has no way to fail: `Vec<u8>` never returns an error.
        self.writer.write_event(event).ok();
    }
}

/// Text as it stands in an element.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    match plain::xml_characters(text) {
        Cow::Borrowed(text) => partial_escape(text),
        Cow::Owned(text) => partial_escape(text.as_str()).into_owned().into(),
    }
}

fn start<'t>(name: &'t str, attributes: Attributes<'t>) -> BytesStart<'t> {
    let mut element = BytesStart::new(name);
    for &(key, value) in attributes {
        let allowed: Cow<'_, str> = plain::xml_characters(value);
        element.push_attribute((key, &*allowed));
    }
    element
}
