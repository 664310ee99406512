//! Markdown → HTML for one text. In: the text, where it stands, the mentions found in it. Out: an HTML fragment with
//! links resolved, names linked, images sized, tables, alerts and footnotes in the site's language. [`html`] is the entry.
//!
//! pulldown-cmark's events are rewritten one by one; what its own writer would get wrong (physical alignment of
//! tables, missing back-links of footnotes) becomes an HTML event.

mod blocks;
mod code;
mod footnotes;
mod headings;
mod inline;
mod links;
mod mentions;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Parser, Tag, TagEnd};

use self::{
    blocks::Blocks, footnotes::Footnotes, headings::Headings, links::ImageText,
    mentions::MentionLinks,
};
use super::desk::Desk;
use crate::{
    model::{config::HtmlPolicy, newsroom::Mention},
    text::{
        bidi::Manner,
        html::{escape, escape_into},
        markdown::Source,
        sanitize,
    },
};

/// A text to be rendered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a> {
    /// Its file, to which relative links refer.
    pub(super) source: &'a str,
    /// Markdown.
    pub(super) markdown: &'a str,
    /// Its language (BCP 47).
    pub(super) language: &'a str,
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
    let source = Source::of(text.markdown);
    let events: Vec<(Event<'_>, Range<usize>)> = if text.extensions {
        source.events().collect()
    } else {
        Parser::new(text.markdown).into_offset_iter().collect()
    };
    let has_html =
        events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let mut writer = Writer::new(desk, text, &events);
    for (event, range) in events {
        writer.event(event, range);
    }
    let html = writer.finish();
    if has_html && policy == HtmlPolicy::Safe { sanitize::clean(&html) } else { html }
}

/// A sentence cut at a name, each part as HTML: an island that holds the name begins in the part before it.
#[must_use]
pub(super) fn excerpt(parts: [&str; 3], language: &str) -> [String; 3] {
    let [before, name, after] = parts.map(|part| Event::Text(part.into()));
    let bound = |tag: &'static str| Event::InlineHtml(tag.into());
    let events = vec![before, bound("<b>"), name, bound("</b>"), after];
    let mut html = parts.map(|part| String::with_capacity(part.len()));
    let mut at = 0;
    for event in inline::isolate(events, Manner::of(language), is_curled(language)) {
        match event {
            Event::InlineHtml(tag) if matches!(&*tag, "<b>" | "</b>") => at += 1,
            Event::InlineHtml(tag) => html[at].push_str(&tag),
            Event::Text(text) => escape_into(&mut html[at], &text),
            _ => {}
        }
    }
    html
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
    blocks: Blocks,
    manner: Manner,
    /// Where the inline events of the block that is open begin.
    run: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl<'a> Writer<'a> {
    fn new(desk: &'a Desk<'a>, text: Text<'a>, events: &[(Event<'a>, Range<usize>)]) -> Self {
        let manner = Manner::of(text.language);
        Self {
            blocks: Blocks::of(events, manner.direction),
            manner,
            run: 0,
            desk,
            text,
            out: Vec::with_capacity(events.len() + events.len() / 4),
            headings: Headings::of(events),
            footnotes: Footnotes::of(events),
            mentions: MentionLinks::new(desk, text, events),
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
            Event::Start(tag) if is_inline(&tag.to_end()) => self.start(tag, &range),
            Event::End(tag) if is_inline(&tag) => self.end(tag),
            Event::Start(_) | Event::End(_) | Event::Rule => self.block(event, &range),
            Event::Text(text) => self.mentions.text(text, range, &mut self.out),
            Event::SoftBreak => self.out.push(Event::SoftBreak),
            Event::HardBreak => self.inline("<br>\n"),
            Event::Html(html) => self.html(code::from_left(html)),
            Event::InlineHtml(html) => self.inline(code::from_left(html)),
            Event::TaskListMarker(done) => self.inline(task_marker(done)),
            Event::FootnoteReference(name) => {
                let reference = self.footnotes.reference(self.desk, &name);
                self.inline(reference);
            }
            other => self.out.push(other),
        }
    }

    /// A block begins or ends, and with it the run of inline events before it.
    fn block(&mut self, event: Event<'a>, range: &Range<usize>) {
        if !matches!(event, Event::End(TagEnd::CodeBlock)) {
            self.isolate();
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => {
                let is_block = blocks::is_block_end(&tag);
                self.end(tag);
                if is_block {
                    self.blocks.end();
                }
            }
            _ => self.html("<hr>\n"),
        }
        self.run = self.out.len();
    }

    /// Isolates the islands of the run of inline events that ends here.
    fn isolate(&mut self) {
        if self.run < self.out.len() {
            let run = self.out.split_off(self.run);
            let is_native = self.blocks.direction() == self.manner.direction;
            let manner = if is_native { self.manner } else { self.manner.inverse() };
            let curl = is_native && is_curled(self.text.language);
            self.out.extend(inline::isolate(run, manner, curl));
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: &Range<usize>) {
        let own = blocks::is_block(&tag).then(|| self.blocks.begin()).flatten();
        match tag {
            Tag::Heading { level, id, classes, mut attrs } => {
                self.mentions.section();
                if let Some((language, direction)) = own {
                    attrs.push(("lang".into(), Some(language.into())));
                    attrs.push(("dir".into(), Some(direction.attribute().into())));
                }
                let level = self.headings.level(level);
                let id = Some(self.headings.id(id));
                self.out.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Tag::Paragraph => {
                self.mentions.block(range);
                match own {
                    None => self.out.push(Event::Start(Tag::Paragraph)),
                    own => self.html(format!("<p{}>", blocks::attributes(own))),
                }
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title)
            }
            Tag::Image { dest_url, title, .. } => {
                let (dest, title) = (dest_url.into_string(), title.into_string());
                self.image = Some(ImageText::new(dest, title));
            }
            Tag::BlockQuote(kind) => self.start_quote(kind, &blocks::attributes(own)),
            Tag::List(start) if own.is_some() => {
                let own = blocks::attributes(own);
                self.html(match start {
                    None => format!("<ul{own}>\n"),
                    Some(1) => format!("<ol{own}>\n"),
                    Some(start) => format!("<ol{own} start=\"{start}\">\n"),
                });
            }
            Tag::Table(alignments) => {
                let own = blocks::attributes(own);
                self.table = Table { alignments, ..Table::default() };
                let label = escape(self.desk.ui.text("table")).into_owned();
                self.html(format!("<div class=\"table\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\"><table{own}>"));
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
            Tag::TableCell => {
                self.mentions.block(range);
                self.start_cell();
            }
            Tag::Item => {
                self.mentions.block(range);
                self.out.push(Event::Start(Tag::Item));
            }
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.footnotes.begin(name, outer);
            }
            Tag::CodeBlock(kind) => self.html(code::block(&kind)),
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

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>, own: &str) {
        self.quotes.push(kind.is_some());
        let Some(kind) = kind else { return self.html(format!("<blockquote{own}>\n")) };
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
        let name = if self.table.in_head { "th scope=\"col\"" } else { "td" };
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-start\"",
            Some(Alignment::Right) => " class=\"align-end\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            _ => "",
        };
        self.html(format!("<{name}{class}>"));
    }

    fn finish(mut self) -> String {
        if self.text.extensions {
            self.isolate();
        }
        self.footnotes.section(self.desk, self.manner.direction, &mut self.out);
        let mut html = String::with_capacity(self.text.markdown.len() * 5 / 4);
        let extensions = self.text.extensions;
        let events = self.out.into_iter().map(|event| match event {
            Event::Code(code) if extensions => Event::InlineHtml(code::inline(&code).into()),
            other => other,
        });
        pulldown_cmark::html::push_html(&mut html, events);
        html
    }
}

/// Whether a tag stands within a line of text.
fn is_inline(tag: &TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(tag, Emphasis | Image | Link | Strikethrough | Strong | Subscript | Superscript)
}

/// Whether straight quotation marks of a language become « ».
fn is_curled(language: &str) -> bool {
    ["ar", "fa"].contains(&language.split(['-', '_']).next().unwrap_or(language))
}

fn task_marker(done: bool) -> &'static str {
    if done {
        "<input type=\"checkbox\" disabled checked> "
    } else {
        "<input type=\"checkbox\" disabled> "
    }
}
