//! Blocks that run the other way. In: the events of a text and its direction. Out: for each paragraph, heading, quote,
//! list and table, in order, the direction and language that it has for itself. [`Blocks::of`] is the entry.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::text::bidi::{Direction, Strong, language_of};

/// Words that make a block one of another language; a single name is a word of the text around it.
const WORDS: usize = 2;

/// The blocks of a text as they come, and the directions of those that are open.
pub(super) struct Blocks {
    foreign: std::vec::IntoIter<Option<&'static str>>,
    open: Vec<Direction>,
    base: Direction,
}

/// A block that is being read.
struct Open {
    number: usize,
    /// Whether a word runs as the text does.
    has_native: bool,
    n_foreign: usize,
    text: String,
}

impl Blocks {
    pub(super) fn of(events: &[(Event<'_>, Range<usize>)], base: Direction) -> Self {
        let mut foreign = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        // Links that show their own address.
        let mut addresses = 0;
        for (event, _) in events {
            match event {
                Event::Start(tag) if is_block(tag) => {
                    let number = foreign.len();
                    foreign.push(None);
                    open.push(Open {
                        number,
                        has_native: false,
                        n_foreign: 0,
                        text: String::new(),
                    });
                }
                Event::End(tag) if is_block_end(tag) => {
                    if let Some(block) = open.pop() {
                        if !block.has_native && block.n_foreign >= WORDS {
                            foreign[block.number] = Some(language_of(&block.text));
                        }
                        if let Some(outer) = open.last_mut() {
                            outer.take(block);
                        }
                    }
                }
                Event::Start(Tag::Link {
                    link_type: LinkType::Autolink | LinkType::Email, ..
                }) => {
                    addresses += 1;
                }
                Event::End(TagEnd::Link) => addresses = 0,
                Event::Text(text) if addresses == 0 => {
                    if let Some(block) = open.last_mut() {
                        block.read(text, base);
                    }
                }
                _ => {}
            }
        }
        Self { foreign: foreign.into_iter(), open: Vec::new(), base }
    }

    /// A block begins: the attributes by which it differs from what it stands in.
    pub(super) fn begin(&mut self) -> Option<(&'static str, Direction)> {
        let around = self.direction();
        let own = self.foreign.next().flatten().map(|language| (language, self.base.opposite()));
        self.open.push(own.map_or(around, |(_, direction)| direction));
        own.filter(|(_, direction)| *direction != around)
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// The direction of the innermost block.
    pub(super) fn direction(&self) -> Direction {
        self.open.last().copied().unwrap_or(self.base)
    }
}

impl Open {
    fn read(&mut self, text: &str, base: Direction) {
        // Nearly every text from right to left shows it in its first letter: U+0590 to U+07FF begin with these bytes.
        let is_native = |byte| base == Direction::Rtl && (0xD6..=0xDF).contains(&byte);
        self.has_native |= text.bytes().any(is_native);
        if self.has_native {
            return;
        }
        let strong = Strong::of(text);
        let (native, foreign) = match base {
            Direction::Rtl => (strong.has_rtl, strong.ltr_words),
            Direction::Ltr => (strong.ltr_words > 0, strong.rtl_words),
        };
        self.has_native = native;
        self.n_foreign += foreign;
        self.text.push_str(text);
        self.text.push(' ');
    }

    /// What stands in a block of this block.
    fn take(&mut self, inner: Self) {
        self.has_native |= inner.has_native;
        self.n_foreign += inner.n_foreign;
        self.text.push_str(&inner.text);
    }
}

/// The attributes of a block that differs, or nothing.
pub(super) fn attributes(own: Option<(&'static str, Direction)>) -> String {
    own.map_or_else(String::new, |(language, direction)| {
        format!(" lang=\"{language}\" dir=\"{}\"", direction.attribute())
    })
}

pub(super) fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_)
    )
}

pub(super) fn is_block_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Table
    )
}
