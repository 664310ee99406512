//! The islands of running text. In: the inline events of one block, as HTML is made of them. Out: the same events with
//! `<bdi>` around what would be seen in a wrong order, without direction controls, straight quotation marks of Arabic and Persian as « ».
//! [`isolate`] is the entry.
//!
//! What has a direction of its own (code, addresses, editors' own `dir`) is one object to the text around it.

use pulldown_cmark::{CowStr, Event};

use crate::text::{
    bidi::{self, Island, Manner},
    quotes::curled,
    sanitize,
};

/// Stands for what is isolated already.
const OBJECT: char = '\u{FFFC}';
/// Stands for a line break, behind which a new line of text begins.
const BREAK: char = '\u{2029}';

/// Rewrites the inline events of one block.
pub(super) fn isolate<'a>(events: Vec<Event<'a>>, manner: Manner, curl: bool) -> Vec<Event<'a>> {
    let is_plain = |event: &Event<'_>| match event {
        Event::Text(text) => {
            bidi::is_plain(text, manner.direction) && !(curl && text.contains('"'))
        }
        _ => true,
    };
    if events.iter().all(is_plain) {
        return events;
    }
    let mut events = events;
    let mut run = Run::of(&events);
    let (cleaned, meant) = bidi::clean(&run.text);
    if cleaned.len() < run.text.len() {
        let edits = left_out(&run.text, &cleaned);
        run.edit(&mut events, &edits);
        run = Run::of(&events);
    }
    if curl && meant.is_empty() {
        let edits: Vec<_> = curled(&run.text).into_iter().map(|(at, mark)| (at, 1, mark)).collect();
        if !edits.is_empty() {
            run.edit(&mut events, &edits);
            run = Run::of(&events);
        }
    }
    let islands = run.islands(manner, meant);
    if islands.is_empty() { events } else { run.weave(events, &islands) }
}

/// The characters that cleaning has taken out, as edits.
fn left_out(text: &str, cleaned: &str) -> Vec<(usize, usize, &'static str)> {
    let mut kept = cleaned.chars().peekable();
    let is_gone = |(_, c): &(usize, char)| kept.next_if_eq(c).is_none();
    text.char_indices().filter(is_gone).map(|(at, c)| (at, c.len_utf8(), "")).collect()
}

/// The text of some inline events, and where in it each event stands.
struct Run {
    text: String,
    /// For each event where in the text it begins; one more for the end.
    starts: Vec<usize>,
}

/// How the elements of some inline events nest.
struct Nesting {
    /// For each event the elements that are open around it, outermost first, by the event that opens them.
    around: Vec<Vec<usize>>,
    /// For each event that opens an element, the event that closes it.
    closed_by: Vec<usize>,
}

/// What raw inline HTML does to the text.
#[derive(PartialEq)]
enum Does {
    Open { isolates: bool },
    Close,
    Break,
    Object,
}

impl Run {
    fn of(events: &[Event<'_>]) -> Self {
        let mut run = Self { text: String::new(), starts: Vec::with_capacity(events.len() + 1) };
        let mut n_open = 0_usize;
        // Around what is isolated already, how many elements are open.
        let mut isolated: Option<usize> = None;
        for event in events {
            run.starts.push(run.text.len());
            match (event, does(event)) {
                (_, Some(Does::Open { isolates })) => {
                    if isolates && isolated.is_none() {
                        run.text.push(OBJECT);
                        isolated = Some(n_open);
                    }
                    n_open += 1;
                }
                (_, Some(Does::Close)) => {
                    n_open = n_open.saturating_sub(1);
                    isolated = isolated.filter(|depth| *depth < n_open);
                }
                (_, Some(_)) if isolated.is_some() => {}
                (_, Some(Does::Break)) => run.text.push(BREAK),
                (_, Some(Does::Object)) => run.text.push(OBJECT),
                (Event::Text(text), None) if isolated.is_none() => run.text.push_str(text),
                (Event::SoftBreak, None) if isolated.is_none() => run.text.push(' '),
                _ => {}
            }
        }
        run.starts.push(run.text.len());
        run
    }

    /// Whether an event's text is part of the run's.
    fn has_text(&self, events: &[Event<'_>], number: usize) -> bool {
        matches!(&events[number], Event::Text(text) if self.starts[number + 1] - self.starts[number] == text.len())
    }

    /// Replaces single characters: byte, length, what comes in their place; in order.
    fn edit(&self, events: &mut [Event<'_>], edits: &[(usize, usize, &'static str)]) {
        for number in 0..events.len() {
            let (start, end) = (self.starts[number], self.starts[number + 1]);
            let first = edits.partition_point(|(at, ..)| *at < start);
            let own = edits[first..].iter().take_while(|(at, ..)| *at < end);
            if own.clone().next().is_none() || !self.has_text(events, number) {
                continue;
            }
            let (mut text, mut at) = (String::with_capacity(end - start), start);
            for &(from, length, with) in own {
                text.push_str(&self.text[at..from]);
                text.push_str(with);
                at = from + length;
            }
            text.push_str(&self.text[at..end]);
            events[number] = Event::Text(CowStr::from(text));
        }
    }

    /// The islands of each line of the text.
    fn islands(&self, manner: Manner, meant: Vec<Island>) -> Vec<Island> {
        let mut found = Vec::new();
        let mut start = 0;
        for line in self.text.split(BREAK) {
            let end = start + line.len();
            let moved = |it: &Island, from: usize, to: usize| Island {
                range: it.range.start - from + to..it.range.end - from + to,
                ..it.clone()
            };
            let own = meant.iter().filter(|it| it.range.start >= start && it.range.end <= end);
            let own = own.map(|it| moved(it, start, 0)).collect();
            found.extend(bidi::islands(line, manner, own).iter().map(|it| moved(it, 0, start)));
            start = end + BREAK.len_utf8();
        }
        found
    }

    /// The events with the islands' tags among them.
    fn weave<'a>(&self, events: Vec<Event<'a>>, islands: &[Island]) -> Vec<Event<'a>> {
        // Before which event, at which byte of its text, and what; ends come before beginnings.
        let mut tags: Vec<(usize, usize, bool, usize, String)> = Vec::new();
        let nesting = Nesting::of(&events);
        for (rank, island) in islands.iter().enumerate() {
            if let Some((open, close)) = self.bounds((&events, &nesting), island) {
                tags.push((open.0, open.1, true, rank, bidi::bdi(island)));
                // Of islands that end together the inner one ends first.
                tags.push((close.0, close.1, false, usize::MAX - rank, "</bdi>".to_owned()));
            }
        }
        tags.sort();
        let mut out = Vec::with_capacity(events.len() + tags.len() * 2);
        let mut tags = tags.into_iter().peekable();
        for (number, event) in events.into_iter().enumerate() {
            let mut rest = match event {
                Event::Text(text) => Ok(text),
                other => Err(other),
            };
            let mut at = 0;
            while let Some((_, offset, _, _, tag)) = tags.next_if(|(before, ..)| *before == number)
            {
                if let Ok(text) = &mut rest
                    && offset > at
                {
                    out.push(Event::Text(CowStr::from(text[at..offset].to_owned())));
                    at = offset;
                }
                out.push(Event::InlineHtml(tag.into()));
            }
            match rest {
                Ok(text) if at == 0 => out.push(Event::Text(text)),
                Ok(text) if at < text.len() => {
                    out.push(Event::Text(CowStr::from(text[at..].to_owned())))
                }
                Ok(_) => {}
                Err(event) => out.push(event),
            }
        }
        out.extend(tags.map(|(.., tag)| Event::InlineHtml(tag.into())));
        out
    }

    /// Where an island's tags stand so that they nest with the elements around; `None` where they cannot.
    fn bounds(
        &self,
        (events, nesting): (&[Event<'_>], &Nesting),
        island: &Island,
    ) -> Option<((usize, usize), (usize, usize))> {
        let (start, end) = (island.range.start, island.range.end);
        let numbers = || (0..events.len()).filter(|&it| self.starts[it] < self.starts[it + 1]);
        let first = numbers().find(|&it| self.starts[it + 1] > start)?;
        let last = numbers().take_while(|&it| self.starts[it] < end).last()?;
        if !self.has_text(events, first) || !self.has_text(events, last) {
            return None;
        }
        let (before, behind) = (&nesting.around[first], &nesting.around[last]);
        let shared = before.iter().zip(behind).take_while(|(a, b)| a == b).count();
        let open = match before.get(shared) {
            None => (first, start - self.starts[first]),
            Some(&outer) if self.starts[outer] == start => (outer, 0),
            Some(_) => return None,
        };
        let close = match behind.get(shared).map(|&outer| nesting.closed_by[outer]) {
            None => (last, end - self.starts[last]),
            Some(closer) if closer < events.len() && self.starts[closer] == end => (closer + 1, 0),
            Some(_) => return None,
        };
        Some((open, close))
    }
}

impl Nesting {
    fn of(events: &[Event<'_>]) -> Self {
        let mut nesting = Self {
            around: Vec::with_capacity(events.len()),
            closed_by: vec![usize::MAX; events.len()],
        };
        let mut open: Vec<usize> = Vec::new();
        for (number, event) in events.iter().enumerate() {
            nesting.around.push(open.clone());
            match does(event) {
                Some(Does::Open { .. }) => open.push(number),
                Some(Does::Close) => {
                    if let Some(opener) = open.pop() {
                        nesting.closed_by[opener] = number;
                    }
                }
                _ => {}
            }
        }
        nesting
    }
}

/// What an event does to the text; nothing if it is text itself.
fn does(event: &Event<'_>) -> Option<Does> {
    match event {
        Event::Start(_) => Some(Does::Open { isolates: false }),
        Event::End(_) => Some(Does::Close),
        Event::InlineHtml(html) => html_does(html),
        Event::Code(_) => Some(Does::Object),
        _ => None,
    }
}

/// Whether a tag is one that begins a link of a name.
fn is_mention(html: &str) -> bool {
    let url =
        html.strip_prefix("<a class=\"mention\" href=\"").and_then(|it| it.strip_suffix("\">"));
    url.is_some_and(|url| !url.contains('"'))
}

/// What a piece of inline HTML does; nothing if it is a comment.
fn html_does(html: &str) -> Option<Does> {
    // What brief writes itself around names comes most.
    match html {
        "</a>" | "</b>" => return Some(Does::Close),
        "<b>" => return Some(Does::Open { isolates: false }),
        html if is_mention(html) => return Some(Does::Open { isolates: false }),
        _ => {}
    }
    let tags = sanitize::tags(html);
    let first = tags.first()?;
    let is_whole = tags.len() > 1;
    let void = ["img", "input", "wbr"];
    Some(match first.name.as_str() {
        "br" => Does::Break,
        name if is_whole || void.contains(&name) => Does::Object,
        _ if first.closing => Does::Close,
        name => Does::Open {
            isolates: matches!(name, "bdi" | "code" | "kbd" | "samp" | "var")
                || first.attributes.iter().any(|(_, name, _)| name == "dir"),
        },
    })
}
