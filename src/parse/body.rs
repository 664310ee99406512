//! One pass over the Markdown of a body: [`scan`].
//!
//! In: Markdown and where it stands in its file. Out: a [`BodyScan`] — the stretches in which names may be found, the
//! links, the first paragraph, the number of words — and what must be reported: images without a description, HTML
//! and links that will be dropped, what was meant as Markdown and is none.

mod slips;

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::{
    diag::{Diagnostic, Place},
    model::{
        article::{BodyLink, BodyLinkKind, BodyScan, TextRun},
        config::HtmlPolicy,
        source::Written,
    },
    text::{markdown::Source, sanitize, words},
};

use super::yaml::marks;

/// HTML elements in whose text no name may become a link.
const UNLINKED: &[&str] =
    &["a", "button", "code", "kbd", "pre", "samp", "script", "style", "textarea", "title"];

/// Characters of the first paragraph that are kept; more than any summary has.
const FIRST_PARAGRAPH: usize = 500;

/// Goes over `body`, which begins on line `first_line` of `file`.
pub(super) fn scan(
    file: &str,
    body: &str,
    first_line: u32,
    html: HtmlPolicy,
) -> (BodyScan, Vec<Diagnostic>) {
    let mut scanner = Scanner {
        file,
        body,
        first_line,
        html,
        scan: BodyScan::default(),
        diagnostics: Vec::new(),
        text: String::with_capacity(body.len()),
        paragraph: None,
        run: None,
        block: 0,
        quiet: 0,
        containers: 0,
        alts: Vec::new(),
        open_html: Vec::new(),
        last_line: (0, first_line),
        begins_line: false,
        in_code: false,
    };
    let source = Source::of(body);
    for (event, range) in source.events() {
        scanner.event(event, range);
    }
    scanner.end_run();
    let found = slips::format_characters(file, body, |offset| scanner.place(offset));
    scanner.diagnostics.extend(found);
    let n_words = words::count(&scanner.text);
    scanner.scan.words = u32::try_from(n_words).unwrap_or(u32::MAX);
    (scanner.scan, scanner.diagnostics)
}

struct Scanner<'a> {
    file: &'a str,
    body: &'a str,
    first_line: u32,
    html: HtmlPolicy,
    scan: BodyScan,
    diagnostics: Vec<Diagnostic>,
    /// All text, to count its words.
    text: String,
    /// Where the first paragraph begins in `text`, while it is open.
    paragraph: Option<usize>,
    /// The run that is still growing.
    run: Option<TextRun>,
    /// The number of the current block.
    block: u32,
    /// How many elements are open in which no name may be found: headings, links, images, code.
    quiet: u32,
    /// How many elements are open whose paragraphs are not the text's first: lists, quotes, tables, notes.
    containers: u32,
    /// The images that are open: where they begin, and whether a visible character was found in them.
    alts: Vec<(usize, bool)>,
    /// Elements of [`UNLINKED`] that raw HTML has opened.
    open_html: Vec<String>,
    /// Start and number of the line that was last asked for.
    last_line: (usize, u32),
    /// Whether the next text begins a line of a paragraph.
    begins_line: bool,
    /// Whether a block of code is open.
    in_code: bool,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.find_slips(&text, &range);
                self.push_text(&text);
                self.extend_run(&text, range);
            }
            Event::SoftBreak => {
                self.begins_line = true;
                self.text.push(' ');
                self.extend_over_break(range);
            }
            Event::HardBreak => {
                self.text.push(' ');
                self.end_run();
            }
            Event::Code(text) => {
                self.push_text(&text);
                self.end_run();
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.end_run();
                self.read_html(&html, range.start);
            }
            Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => self.end_run(),
        }
    }

    /// Reports what was meant as a list or as emphasis and is neither.
    fn find_slips(&mut self, text: &str, range: &Range<usize>) {
        let begins_line = std::mem::take(&mut self.begins_line);
        if self.in_code {
            return;
        }
        if let Some((mark, instead)) = begins_line.then(|| slips::list_mark(text)).flatten() {
            let fault = slips::list_fault(self.file, self.place(range.start), mark, &instead);
            self.diagnostics.push(fault);
        }
        let is_starred = text.contains('*');
        if let Some(at) = is_starred.then(|| slips::stars(self.body, range.clone())).flatten() {
            let fault = slips::stars_fault(self.file, self.place(at));
            self.diagnostics.push(fault);
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some((_, is_described)) = self.alts.last_mut() {
            *is_described |= !marks::trim(text).is_empty();
        } else {
            self.text.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.end_run();
        match tag {
            Tag::Paragraph => {
                self.new_block();
                self.begins_line = true;
                if self.containers == 0 && self.scan.first_paragraph.is_empty() {
                    self.paragraph = Some(self.text.len());
                }
            }
            Tag::Item | Tag::TableCell => self.new_block(),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::Table(_) => {
                self.containers += 1;
                self.new_block();
            }
            tag @ (Tag::Heading { .. } | Tag::CodeBlock(_)) => {
                self.in_code = matches!(tag, Tag::CodeBlock(_));
                self.quiet += 1;
                self.new_block();
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.quiet += 1;
                let kind = match link_type {
                    LinkType::WikiLink { .. } => BodyLinkKind::Wiki,
                    _ => BodyLinkKind::Link,
                };
                self.link(kind, &dest_url, range);
            }
            Tag::Image { dest_url, .. } => {
                self.quiet += 1;
                self.alts.push((range.start, false));
                self.link(BodyLinkKind::Image, &dest_url, range);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.end_run();
        match tag {
            TagEnd::Paragraph => {
                if let Some(start) = self.paragraph.take() {
                    self.scan.first_paragraph =
                        words::fold_start(&self.text[start..], FIRST_PARAGRAPH).into_owned();
                }
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Table => self.containers = self.containers.saturating_sub(1),
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Link => {
                self.in_code = false;
                self.quiet = self.quiet.saturating_sub(1);
            }
            TagEnd::Image => {
                self.quiet = self.quiet.saturating_sub(1);
                if let Some((start, false)) = self.alts.pop() {
                    self.missing_alt(start);
                }
            }
            _ => {}
        }
    }

    /// Begins a block: its text is apart from what was before.
    fn new_block(&mut self) {
        self.block += 1;
        self.text.push('\n');
    }

    /// The place of a byte of the body. Counts lines from the start of the last line asked for, so that a body of many
    /// links is not read again for each.
    fn place(&mut self, offset: usize) -> Place {
        let (start, line) = match self.last_line {
            (start, line) if start <= offset => (start, line),
            _ => (0, self.first_line),
        };
        let place = Place::of_offset(&self.body[start..], offset - start, line);
        let before = self.body.get(..offset).unwrap_or_default();
        self.last_line = (before.rfind('\n').map_or(0, |end| end + 1), place.line);
        place
    }

    fn link(&mut self, kind: BodyLinkKind, dest: &str, range: Range<usize>) {
        let source = self.body.get(range.clone()).unwrap_or_default();
        // `[[id|text]]` has its destination first, `[text](dest)` last.
        let offset = match kind {
            BodyLinkKind::Wiki => source.find(dest),
            _ => source.rfind(dest),
        };
        let place = self.place(range.start + offset.unwrap_or_default());
        if self.html == HtmlPolicy::Safe
            && kind != BodyLinkKind::Wiki
            && !sanitize::is_safe_url(dest)
        {
            self.diagnostics.push(
                Diagnostic::warning(
                    self.file,
                    place,
                    "unsafe-link",
                    format!("link to «{dest}» is dropped"),
                )
                .hint(
                    "link to an http or https URL, or to a path; `html: trusted` keeps every link",
                ),
            );
        }
        self.scan.links.push(BodyLink { dest: Written { text: dest.to_owned(), place }, kind });
    }

    fn missing_alt(&mut self, start: usize) {
        let src = self.scan.links.last().map_or("", |link| link.dest.text.as_str());
        let message = format!("image «{src}» has no description");
        let hint = format!("write what it shows: `![…]({src})`");
        let fault =
            Diagnostic::error(self.file, self.place(start), "missing-alt", message).hint(hint);
        self.diagnostics.push(fault);
    }

    /// Takes a text event into the runs, if names may be found in it and it stands in the source as it is.
    fn extend_run(&mut self, text: &str, range: Range<usize>) {
        let is_verbatim = || self.body.get(range.clone()) == Some(text);
        if self.quiet > 0 || !self.open_html.is_empty() || !is_verbatim() {
            self.end_run();
            return;
        }
        let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else {
            return;
        };
        if let Some(run) = &mut self.run {
            let gap = &self.body[run.end as usize..range.start.max(run.end as usize)];
            if run.block == self.block && gap.bytes().all(|byte| byte == b' ' || byte == b'\t') {
                run.end = end;
                return;
            }
        }
        self.end_run();
        self.run = Some(TextRun { start, end, block: self.block });
    }

    /// Lets a run go on over a line end.
    fn extend_over_break(&mut self, range: Range<usize>) {
        let Ok(end) = u32::try_from(range.end) else { return };
        if let Some(run) = &mut self.run {
            let gap = self.body.get(run.end as usize..range.end).unwrap_or("x");
            if gap.bytes().all(|byte| byte.is_ascii_whitespace()) {
                run.end = end;
            }
        }
    }

    /// Closes the open run and keeps what of it is not a URL, an address or a handle.
    fn end_run(&mut self) {
        let Some(run) = self.run.take() else { return };
        let text = &self.body[run.start as usize..run.end as usize];
        let trimmed_end = run.end - (text.len() - text.trim_end().len()) as u32;
        let mut start = run.start;
        if is_address(text) {
            let mut at = 0;
            for word in text.split_inclusive(char::is_whitespace) {
                let end = at + word.len();
                if is_address(word) {
                    self.keep(TextRun { start, end: run.start + at as u32, ..run });
                    start = run.start + end as u32;
                }
                at = end;
            }
        }
        self.keep(TextRun { start, end: trimmed_end, ..run });
    }

    fn keep(&mut self, run: TextRun) {
        if run.start < run.end {
            self.scan.runs.push(run);
        }
    }

    fn read_html(&mut self, html: &str, offset: usize) {
        for tag in sanitize::tags(html) {
            if !UNLINKED.contains(&tag.name.as_str()) {
                continue;
            }
            if !tag.closing {
                self.open_html.push(tag.name);
            } else if let Some(at) = self.open_html.iter().rposition(|name| *name == tag.name) {
                self.open_html.truncate(at);
            }
        }
        if self.html != HtmlPolicy::Safe {
            return;
        }
        for (at, what) in sanitize::dropped(html) {
            let place = self.place(offset + at);
            self.diagnostics.push(
                Diagnostic::warning(
                    self.file,
                    place,
                    "dropped-html",
                    format!("{what} is dropped"),
                )
                .hint("write it as Markdown, or set `html: trusted` in brief.yaml if every editor may publish scripts"),
            );
        }
    }
}

/// Whether a word is a URL, a mail address or a handle, in which no name may be found; of a text, whether it has one.
fn is_address(word: &str) -> bool {
    word.contains('@') || word.contains("://") || word.contains("www.")
}
