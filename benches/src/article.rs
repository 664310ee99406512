//! Articles. In: a seed and a number. Out: the place and the text of that article, the same whatever the size of the
//! corpus. [`Maker::write`] is the entry; [`Maker::head`] is what other articles must know to link to one.

use std::fmt::Write as _;

use crate::{
    cast::Cast,
    phrases::{Given, Phrases},
    random::{Random, Zipf},
    registry::{Entity, N_ENTITIES, N_TOPICS, Registry},
};

/// How many articles there are on a day.
pub const A_DAY: u64 = 274;
/// The day of article 0, 2014-01-01, in days since 1970-01-01; a million articles end before 2024.
const FIRST_DAY: u64 = 16_071;

/// Makes the articles of one corpus.
#[derive(Debug)]
pub struct Maker {
    /// What sentences are made of.
    pub phrases: Phrases,
    /// What they are about.
    pub registry: Registry,
    seed: u64,
    is_short: bool,
    topics: Zipf,
    entities: Zipf,
}

/// What is known of an article before its body is written.
#[derive(Debug)]
pub struct Head<'a> {
    day: u64,
    topics: Vec<usize>,
    cast: Cast<'a>,
    entities: Vec<&'a Entity>,
    title: String,
    stem: String,
}

impl Maker {
    /// A maker; `is_short` is for bodies of some 600 bytes instead of some 6,600.
    #[must_use]
    pub fn new(seed: u64, is_short: bool) -> Self {
        let phrases = Phrases::read();
        let registry = Registry::new(&phrases);
        let (topics, entities) = (Zipf::new(N_TOPICS, 0.9), Zipf::new(N_ENTITIES, 0.8));
        Self { phrases, registry, seed, is_short, topics, entities }
    }

    /// Writes the text of an article into `out`, emptied before; returns its path below `content/articles/`.
    pub fn write(&self, number: u64, out: &mut String) -> String {
        out.clear();
        let mut head = self.head(number);
        self.write_front(number, &mut head, out);
        self.write_body(number, &mut head, out);
        format!("{}/{}.md", date(head.day, '/'), head.stem)
    }

    /// Draws what an article is about, its title and the stem of its file.
    #[must_use]
    pub fn head(&self, number: u64) -> Head<'_> {
        let mut random = Random::new(self.seed, number);
        let topics = self.topics.draw(3, &mut random);
        let entities = self.entities.draw(8, &mut random);
        let entities: Vec<_> =
            entities.into_iter().filter_map(|rank| self.registry.entities.get(rank)).collect();
        let mut cast = Cast::new(&entities, &self.phrases, random);
        let mut title = String::new();
        self.phrases.say("titles", Given::default(), &mut cast, &mut title);
        let stem = self.stem(number, &title, &mut cast.random);
        Head { day: number / A_DAY, topics, cast, entities, title, stem }
    }

    /// English words or the first words of the title, and the number, by which no two are equal.
    fn stem(&self, number: u64, title: &str, random: &mut Random) -> String {
        let mut stem = String::new();
        if random.one_in(3) {
            let is_kept = |c: &char| c.is_alphanumeric() || *c == ' ';
            let words: String = title.chars().filter(is_kept).collect();
            words.split_whitespace().take(6).for_each(|word| {
                stem.push_str(word);
                stem.push('-');
            });
        } else {
            for _ in 0..3 {
                stem.push_str(random.word(self.phrases.list("stems")));
                stem.push('-');
            }
        }
        let _ = write!(stem, "{number}");
        stem
    }

    fn write_front(&self, number: u64, head: &mut Head<'_>, out: &mut String) {
        let minute = 300 + number % A_DAY * 1_080 / A_DAY;
        let date = date(head.day, '-');
        let quote = if head.title.contains(": ") { "\"" } else { "" };
        // Writing to a string does not fail, here and below.
        let _ = writeln!(out, "---\ntitle: {quote}{}{quote}", head.title);
        let _ = writeln!(out, "date: {date}T{:02}:{:02}:00+03:00", minute / 60, minute % 60);
        out.push_str("summary: ");
        self.phrases.say("summaries", Given::default(), &mut head.cast, out);
        out.push('\n');
        if head.cast.random.one_in(3) {
            out.push_str("points:\n");
            for _ in 0..head.cast.random.between(2, 4) {
                out.push_str("  - ");
                self.phrases.say("points", Given::default(), &mut head.cast, out);
                out.push('\n');
            }
        }
        let topics = head.topics.iter().filter_map(|&rank| self.registry.topics.get(rank));
        let _ = writeln!(out, "topics: [{}]", joined(topics.map(|topic| topic.id.as_str())));
        // Editors write ids, and now and then a name.
        let declared = head.entities.iter().take(4).enumerate();
        let written = declared.map(|(at, it)| if at == 2 { &it.name } else { &it.id }.as_str());
        let _ = writeln!(out, "entities: [{}]", joined(written));
        let random = &mut head.cast.random;
        let _ = writeln!(out, "authors: [{}]", random.word(self.phrases.list("authors")));
        out.push_str("sources:\n");
        for _ in 0..2 {
            self.write_source(random, out);
        }
        out.push_str("---\n");
    }

    fn write_source(&self, random: &mut Random, out: &mut String) {
        let agencies = self.phrases.list("agencies");
        let at = random.below(agencies.len());
        let _ = writeln!(out, "  - name: {}", agencies.get(at).copied().unwrap_or_default());
        let item = random.between(1_000, 99_999);
        let _ = writeln!(out, "    url: https://source-{at}.example/news/{item}");
        let _ = writeln!(out, "    note: {}", random.word(self.phrases.list("notes")));
    }

    fn write_body(&self, number: u64, head: &mut Head<'_>, out: &mut String) {
        let shape = if self.is_short { &SHORT } else { &LONG };
        for at in 0..shape.n_paragraphs {
            if at > 0 {
                out.push('\n');
            }
            if shape.headings.contains(&at) {
                out.push_str("## ");
                self.phrases.say("headings", Given::default(), &mut head.cast, out);
                out.push_str("\n\n");
            }
            if at == shape.quotation {
                out.push_str("> ");
                self.phrases.say("quotations", Given::default(), &mut head.cast, out);
                out.push_str("\n\n");
            }
            let (low, high) = shape.paragraph_bytes;
            let end = out.len() + head.cast.random.between(low, high);
            self.phrases.say("sentences", Given::default(), &mut head.cast, out);
            while out.len() < end {
                out.push(' ');
                self.phrases.say("sentences", Given::default(), &mut head.cast, out);
            }
            if shape.links.contains(&at) && number > 0 {
                let link = self.link(number, head);
                let given = Given { link: &link, ..Given::default() };
                out.push(' ');
                self.phrases.say("links", given, &mut head.cast, out);
            }
            out.push('\n');
        }
    }

    /// A link to an earlier article, mostly a recent one: a relative path, or once in three a stem in brackets.
    fn link(&self, number: u64, head: &mut Head<'_>) -> String {
        let random = &mut head.cast.random;
        let near = usize::try_from(number).unwrap_or(usize::MAX);
        let near = if random.one_in(4) { near } else { near.min(2_000) };
        let target = self.head(number - 1 - random.below(near) as u64);
        if random.one_in(3) {
            return format!("[[{}]]", target.stem);
        }
        let path = if target.day == head.day {
            format!("{}.md", target.stem)
        } else {
            format!("../../../{}/{}.md", date(target.day, '/'), target.stem)
        };
        format!("[{}]({path})", target.title)
    }
}

/// How long a body is, and where its parts are: numbers of paragraphs.
struct Shape {
    n_paragraphs: usize,
    paragraph_bytes: (usize, usize),
    headings: &'static [usize],
    quotation: usize,
    links: &'static [usize],
}

const LONG: Shape = Shape {
    n_paragraphs: 18,
    paragraph_bytes: (60, 360),
    headings: &[5, 11],
    quotation: 8,
    links: &[3, 9, 14],
};

/// The quotation is never reached.
const SHORT: Shape =
    Shape { n_paragraphs: 2, paragraph_bytes: (60, 200), headings: &[], quotation: 2, links: &[1] };

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// Year, month and day of a day of the corpus, with a mark between.
fn date(day: u64, mark: char) -> String {
    // Years that begin in March, in eras of 400: leap days come last (Hinnant, "chrono-compatible low-level date
    // algorithms").
    let day = FIRST_DAY + day + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month < 3);
    format!("{year:04}{mark}{month:02}{mark}{day:02}")
}

/// The first day on which everything of a corpus of `n_articles`, and of one more, is out.
#[must_use]
pub fn day_after(n_articles: u64) -> String {
    date(n_articles / A_DAY + 1, '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let dates = [0, 58, 59, 789, 790, 3_651].map(|day| date(day, '-'));
        assert_eq!(
            dates,
            ["2014-01-01", "2014-02-28", "2014-03-01", "2016-02-29", "2016-03-01", "2023-12-31"]
        );
    }

    #[test]
    fn an_article_has_the_size_and_the_parts_of_a_real_one() {
        let maker = Maker::new(1, false);
        let mut text = String::new();
        let (mut bytes, mut found) = (0, 0);
        for number in 100..200 {
            maker.write(number, &mut text);
            let (_, body) = text.split_at(text.rfind("---\n").map_or(0, |at| at + 4));
            bytes += body.len();
            assert_eq!(body.matches("\n## ").count(), 2, "{text}");
            assert_eq!(body.matches("\n> ").count(), 1, "{text}");
            assert_eq!(body.matches("](").count() + body.matches("[[").count(), 3, "{text}");
            assert!(!text.contains(['{', '}', '|', '<']), "a gap is not filled: {text}");
            let head = maker.head(number);
            let named = |it: &&&Entity| {
                body.contains(&it.name) || it.aliases.iter().any(|alias| body.contains(alias))
            };
            found += head.entities.iter().filter(named).count();
        }
        assert!((6_000..7_200).contains(&(bytes / 100)), "{}", bytes / 100);
        assert!(found > 790, "{found}");
    }
}
