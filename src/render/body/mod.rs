//! Markdown → HTML for one text. In: the text, where it stands, the mentions found in it. Out: an HTML fragment with
//! links resolved, names linked, images sized, tables, alerts and footnotes in the site's language. [`html`] is the entry.
//!
//! pulldown-cmark's events are rewritten one by one; what its own writer would get wrong (physical alignment of
//! tables, missing back-links of footnotes) becomes an HTML event.

mod footnotes;
mod headings;
mod mentions;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use self::{footnotes::Footnotes, headings::Headings, mentions::MentionLinks};
use super::desk::Desk;
use crate::{
    model::{
        article::BodyLinkKind,
        config::HtmlPolicy,
        links::{Names, Resolved},
        newsroom::Mention,
    },
    text::{html::escape, markdown, sanitize},
};

/// A text to be rendered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// Its file, to which relative links refer.
    pub(super) source: &'a str,
    /// Markdown.
    pub(super) markdown: &'a str,
    /// Entities found in it; empty for texts in which names are not linked.
    pub(super) mentions: &'a [Mention],
    /// Whether links get a scheme and host, for feeds.
    pub(super) absolute: bool,
    /// Whether brief's own forms are read; without them a text is plain CommonMark.
    pub(super) extensions: bool,
}

/// The HTML of a text.
#[must_use]
pub(super) fn html(desk: &Desk<'_>, text: Text<'_>) -> String {
    let policy = desk.newsroom.config.html;
    let options = if text.extensions { markdown::options() } else { Options::empty() };
    let events: Vec<(Event<'_>, Range<usize>)> =
        Parser::new_ext(text.markdown, options).into_offset_iter().collect();
    let has_html =
        events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let mut writer = Writer::new(desk, text, &events);
    for (event, range) in events {
        writer.event(event, range);
    }
    let html = writer.finish();
    if has_html && policy == HtmlPolicy::Safe { sanitize::clean(&html) } else { html }
}

/// Rewrites events; keeps what later events depend on.
struct Writer<'a> {
    desk: &'a Desk<'a>,
    text: Text<'a>,
    out: Vec<Event<'a>>,
    headings: Headings,
    footnotes: Footnotes<'a>,
    mentions: MentionLinks<'a>,
    table: Table,
    /// How the links that are open are to be closed.
    open_links: Vec<bool>,
    /// Depth of images: inside one, text is its alternative.
    image: Option<ImageText>,
    /// For each open quote whether it is an alert.
    quotes: Vec<bool>,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

struct ImageText {
    dest: String,
    title: String,
    alt: String,
}

impl<'a> Writer<'a> {
    fn new(desk: &'a Desk<'a>, text: Text<'a>, events: &[(Event<'a>, Range<usize>)]) -> Self {
        Self {
            desk,
            text,
            out: Vec::with_capacity(events.len() + events.len() / 4),
            headings: Headings::of(events),
            footnotes: Footnotes::of(events),
            mentions: MentionLinks::new(desk, text),
            table: Table::default(),
            open_links: Vec::new(),
            image: None,
            quotes: Vec::new(),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn inline(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if !self.text.extensions {
            self.out.push(event);
            return;
        }
        if let Some(image) = &mut self.image {
            image.take(&event);
            if matches!(event, Event::End(TagEnd::Image)) {
                self.end_image();
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.mentions.text(text, range, &mut self.out),
            Event::SoftBreak => self.out.push(Event::SoftBreak),
            Event::HardBreak => self.inline("<br>\n"),
            Event::Rule => self.html("<hr>\n"),
            Event::TaskListMarker(done) => self.inline(task_marker(done)),
            Event::FootnoteReference(name) => {
                let reference = self.footnotes.reference(self.desk, &name);
                self.inline(reference);
            }
            other => self.out.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Heading { level, id, classes, attrs } => {
                self.mentions.section();
                let level = self.headings.level(level);
                let id = Some(self.headings.id(id));
                self.out.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Tag::Paragraph => {
                self.mentions.block();
                self.out.push(Event::Start(Tag::Paragraph));
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title)
            }
            Tag::Image { dest_url, title, .. } => {
                let (dest, title) = (dest_url.into_string(), title.into_string());
                self.image = Some(ImageText { dest, title, alt: String::new() });
            }
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                let label = escape(self.desk.ui.text("table")).into_owned();
                self.html(format!("<div class=\"table\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\"><table>"));
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.footnotes.begin(name, outer);
            }
            Tag::CodeBlock(kind) => self.start_code(&kind),
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let level = self.headings.level(level);
                self.out.push(Event::End(TagEnd::Heading(level)));
            }
            TagEnd::Link => {
                if self.open_links.pop().unwrap_or(false) {
                    self.inline("</a>");
                }
            }
            TagEnd::BlockQuote(_) => {
                let alert = self.quotes.pop().unwrap_or(false);
                self.html(if alert { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                let close = if self.table.in_head { "</th>" } else { "</td>" };
                self.table.column += 1;
                self.html(close);
            }
            TagEnd::FootnoteDefinition => self.footnotes.end(&mut self.out),
            TagEnd::CodeBlock => self.html("</code></pre>\n"),
            other => self.out.push(Event::End(other)),
        }
    }

    fn start_code(&mut self, kind: &pulldown_cmark::CodeBlockKind<'_>) {
        let language = match kind {
            pulldown_cmark::CodeBlockKind::Fenced(info) => {
                info.split_whitespace().next().unwrap_or("")
            }
            pulldown_cmark::CodeBlockKind::Indented => "",
        };
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", escape(language)),
        };
        self.html(format!("<pre dir=\"ltr\"><code{class}>"));
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.quotes.push(kind.is_some());
        let Some(kind) = kind else { return self.html("<blockquote>\n") };
        let key = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let label = format!("alert.{key}");
        let label = escape(self.desk.ui.text(&label));
        self.html(format!(
            "<div class=\"alert alert-{key}\" role=\"note\"><p class=\"alert-title\">{label}</p>\n"
        ));
    }

    /// A cell with its alignment as a class; the style sheet knows which side is the start.
    fn start_cell(&mut self) {
        self.mentions.block();
        let name = if self.table.in_head { "th scope=\"col\"" } else { "td" };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-start\"",
            Some(Alignment::Right) => " class=\"align-end\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        self.html(format!("<{name}{class}>"));
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, title: &str) {
        let kind = match link_type {
            LinkType::WikiLink { .. } => BodyLinkKind::Wiki,
            _ => BodyLinkKind::Link,
        };
        let url = match link_type {
            LinkType::Email => Some(format!("mailto:{dest}")),
            _ => self.url(dest, kind),
        };
        self.open_links.push(url.is_some());
        if let Some(url) = url {
            let title = match title {
                "" => String::new(),
                title => format!(" title=\"{}\"", escape(title)),
            };
            self.inline(format!("<a href=\"{}\"{title}>", href(&url)));
        }
        self.mentions.name_bare_wiki_link(link_type, dest);
    }

    /// The URL that a destination means; `None` for what gets no link.
    fn url(&self, dest: &str, kind: BodyLinkKind) -> Option<String> {
        let newsroom = self.desk.newsroom;
        let at = |route: &_| {
            if self.text.absolute { self.desk.absolute(route) } else { self.desk.url(route) }
        };
        match newsroom.resolve(self.text.source, dest, kind) {
            Resolved::Target(target, fragment) => Some(at(&newsroom.route(target)) + &fragment),
            Resolved::File(path) => newsroom.media(&path).map(|media| at(&media.route)),
            Resolved::AsWritten => self.as_written(dest),
            Resolved::Unpublished | Resolved::Ambiguous(_) | Resolved::Missing => None,
        }
    }

    fn as_written(&self, dest: &str) -> Option<String> {
        if self.desk.newsroom.config.html == HtmlPolicy::Safe && !sanitize::is_safe_url(dest) {
            return None;
        }
        Some(if self.text.absolute {
            self.desk.configured_absolute(dest)
        } else {
            self.desk.configured(dest)
        })
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let names = self.desk.newsroom;
        let size = match names.resolve(self.text.source, &image.dest, BodyLinkKind::Image) {
            Resolved::File(path) => self.desk.newsroom.media(&path).and_then(|media| media.size),
            _ => self.desk.static_size(&image.dest),
        };
        let Some(url) = self.url(&image.dest, BodyLinkKind::Image) else { return };
        let size = size.map_or_else(String::new, |(width, height)| {
            format!(" width=\"{width}\" height=\"{height}\"")
        });
        let title = match image.title.as_str() {
            "" => String::new(),
            title => format!(" title=\"{}\"", escape(title)),
        };
        let (url, alt) = (href(&url), escape(&image.alt));
        self.inline(format!(
            "<img src=\"{url}\" alt=\"{alt}\"{title}{size} loading=\"lazy\" decoding=\"async\">"
        ));
    }

    fn finish(mut self) -> String {
        self.footnotes.section(self.desk, &mut self.out);
        let mut html = String::with_capacity(self.text.markdown.len() * 5 / 4);
        pulldown_cmark::html::push_html(&mut html, self.out.into_iter());
        html
    }
}

impl ImageText {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
    }
}

/// A URL for an attribute: what a URL may not hold is percent-encoded, what is encoded already stays.
fn href(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len() + 8);
    // Writing to a string does not fail.
    let _ = pulldown_cmark_escape::escape_href(&mut escaped, url);
    escaped
}

fn task_marker(done: bool) -> &'static str {
    if done {
        "<input type=\"checkbox\" disabled checked> "
    } else {
        "<input type=\"checkbox\" disabled> "
    }
}
