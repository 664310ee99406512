//! The newsroom's nouns: how articles, topics, entities and stories belong together. The archive keeps them, `link` makes
//! them, `plan` and `render` read them.
//!
//! Nothing here holds a body: an article's Markdown is read again when its page is rendered.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Digest,
    article::{BodyLink, Kind, Moment, Summary},
    route::Route,
    tongue::Tongue,
};

/// The number of an article in the archive. It says nothing of the order of articles, and no output depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(pub u32);
/// Number of a topic in the registry, in the order of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TopicIdx(pub u32);
/// Number of an entity in the registry, in the order of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntityIdx(pub u32);
/// Number of a story in the registry, in the order of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StoryIdx(pub u32);

/// A list of articles with a page, calendar pages and a feed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ListId {
    /// Articles of a topic.
    Topic(TopicIdx),
    /// Articles about an entity or that mention it.
    Entity(EntityIdx),
    /// Articles of a running story.
    Story(StoryIdx),
}

impl ListId {
    /// A number for the list, as the store keeps it.
    #[must_use]
    pub fn number(self) -> u64 {
        let (kind, idx) = match self {
            Self::Topic(idx) => (1, idx.0),
            Self::Entity(idx) => (2, idx.0),
            Self::Story(idx) => (3, idx.0),
        };
        kind << 32 | u64::from(idx)
    }

    /// The list with this number.
    #[must_use]
    pub fn of_number(number: u64) -> Option<Self> {
        let idx = u32::try_from(number & 0xFFFF_FFFF).ok()?;
        Some(match number >> 32 {
            1 => Self::Topic(TopicIdx(idx)),
            2 => Self::Entity(EntityIdx(idx)),
            3 => Self::Story(StoryIdx(idx)),
            _ => return None,
        })
    }
}

/// Articles that the archive keeps in order, newest first: what has pages, and what pages are put together from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// Every published article.
    All,
    /// What is not news of the day: explainers, analyses, opinions.
    Background,
    /// A list with a page.
    List(ListId),
    /// The articles that a list says most about; they refer to each other.
    Telling(ListId),
}

impl Shelf {
    /// A number for the shelf, as the store keeps it.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::All => 0,
            Self::Background => 1,
            Self::List(list) => list.number(),
            Self::Telling(list) => 1 << 40 | list.number(),
        }
    }
}

impl Shelf {
    /// The shelf with this number.
    #[must_use]
    pub fn of_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::All),
            1 => Some(Self::Background),
            number if number >> 40 == 1 => {
                ListId::of_number(number & ((1 << 40) - 1)).map(Self::Telling)
            }
            number => ListId::of_number(number).map(Self::List),
        }
    }
}

/// A shelf with the articles of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stand {
    /// The language.
    pub tongue: Tongue,
    /// The shelf.
    pub shelf: Shelf,
}

/// Where the language stands in a number; shelves take less.
const TONGUE_SHIFT: u32 = 48;

impl Stand {
    /// A number for it, as the store keeps it.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.tongue.0) << TONGUE_SHIFT | self.shelf.number()
    }

    /// The shelf of a language with this number.
    #[must_use]
    pub fn of_number(number: u64) -> Option<Self> {
        let tongue = Tongue(u8::try_from(number >> TONGUE_SHIFT).ok()?);
        let shelf = Shelf::of_number(number & ((1 << TONGUE_SHIFT) - 1))?;
        Some(Self { tongue, shelf })
    }
}

/// A shelf of the site's own language.
impl From<Shelf> for Stand {
    fn from(shelf: Shelf) -> Self {
        Self { tongue: Tongue::OWN, shelf }
    }
}

impl From<ListId> for Shelf {
    fn from(list: ListId) -> Self {
        Self::List(list)
    }
}

/// An article on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its instant, in microseconds since 1970.
    pub micros: i64,
    /// Its day in the site's time zone.
    pub day: Date,
    /// Which article.
    pub id: ArticleId,
}

/// What lists, neighbours and fingerprints need of an article, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its instant, in microseconds since 1970: articles stand newest first, those of one instant by path.
    pub micros: i64,
    /// Its day in the site's time zone.
    pub day: Date,
    /// What sort of work it is.
    pub kind: Kind,
    /// 1 (lead) to 5.
    pub priority: u8,
    /// Whether it is published now; what is not stands on no shelf.
    pub published: bool,
    /// Whether another article of its day and language has its stem.
    pub has_namesake: bool,
    /// Its language.
    pub tongue: Tongue,
    /// The running story it continues.
    pub story: Option<StoryIdx>,
    /// In the order of the front matter.
    pub topics: Vec<TopicIdx>,
    /// Every entity once, what it is about first.
    pub entities: Vec<EntityIdx>,
    /// The lists that say most about it, at most two.
    pub telling: Vec<ListId>,
    /// Spellings of names in it that nobody registered.
    pub spellings: Vec<(EntityIdx, Box<str>)>,
    /// Of what lists show of it.
    pub card: Digest,
    /// Of its body and of the names in it, and so of every sentence around a name.
    pub content: Digest,
    /// Of what its body leads to.
    pub refs: Digest,
}

impl Row {
    /// What stands in for the row of an article that a damaged archive cannot give; it is never published.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            micros: 0,
            day: Date::ZERO,
            kind: Kind::News,
            priority: 3,
            published: false,
            has_namesake: false,
            tongue: Tongue::OWN,
            story: None,
            topics: Vec::new(),
            entities: Vec::new(),
            telling: Vec::new(),
            spellings: Vec::new(),
            card: Digest::default(),
            content: Digest::default(),
            refs: Digest::default(),
        }
    }

    /// The article as an item of a shelf.
    #[must_use]
    pub fn item(&self, id: ArticleId) -> Item {
        Item { micros: self.micros, day: self.day, id }
    }

    /// The lists that it is on.
    pub fn lists(&self) -> impl Iterator<Item = ListId> + '_ {
        let topics = self.topics.iter().map(|&topic| ListId::Topic(topic));
        let entities = self.entities.iter().map(|&entity| ListId::Entity(entity));
        topics.chain(entities).chain(self.story.map(ListId::Story))
    }

    /// Everything that it stands on, in its language.
    pub fn shelves(&self) -> impl Iterator<Item = Stand> + '_ {
        let background = self.kind.is_background().then_some(Shelf::Background);
        let telling = self.telling.iter().map(|&list| Shelf::Telling(list));
        [Shelf::All]
            .into_iter()
            .chain(background)
            .chain(self.lists().map(Shelf::List))
            .chain(telling)
            .map(|shelf| Stand { tongue: self.tongue, shelf })
    }
}

/// All that the archive knows of an article.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Filed {
    /// Where it is and what it belongs to; with the heading of the summary its [`Face`](super::face::Face).
    pub ties: Ties,
    /// What other pages may know.
    pub summary: Summary,
    /// What its text mentions, by first place.
    pub mentions: Vec<Mention>,
    /// Links and images of its body.
    pub links: Vec<BodyLink>,
}

impl Filed {
    /// Every entity of the article once: first what it is about, then what it mentions.
    pub fn entities(&self) -> impl Iterator<Item = EntityIdx> + '_ {
        let about = &self.ties.about;
        let mentioned = self.mentions.iter().map(|mention| mention.entity);
        about.iter().copied().chain(mentioned.filter(|entity| !about.contains(entity)))
    }

    /// The spellings of names that nobody registered.
    pub fn spellings(&self) -> impl Iterator<Item = (EntityIdx, Box<str>)> + '_ {
        let of = |mention: &'_ Mention| {
            let entity = mention.entity;
            mention.spellings.clone().into_iter().map(move |it| (entity, it))
        };
        self.mentions.iter().flat_map(of)
    }
}

/// What links and sitemaps need of an article: where it is published and how it is called, and since when as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Where.
    pub route: Route,
    /// As [`Heading::modified`](super::face::Heading::modified).
    pub modified: Moment,
    /// Its headline.
    pub title: String,
    /// BCP 47, if it differs from the site's.
    pub lang: Option<String>,
    /// The language of the site in which it is published.
    pub tongue: Tongue,
}

/// What sitemaps show of an article: the beginning of its [`Address`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Where.
    pub route: Route,
    /// As [`Heading::modified`](super::face::Heading::modified).
    pub modified: Moment,
}

/// Where an article is and what it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    /// Where it is published.
    pub route: Route,
    /// In the order of the front matter.
    pub topics: Vec<TopicIdx>,
    /// What it is about, in the order of the front matter.
    pub about: Vec<EntityIdx>,
    /// The running story it continues.
    pub story: Option<StoryIdx>,
}

/// What a text refers to inside the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refs {
    /// What it links to.
    pub targets: Vec<Target>,
    /// Files beside content, by source path.
    pub media: Vec<String>,
    /// Files of `static/`, by their path there.
    pub statics: Vec<String>,
}

/// An entity found in an article's running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Which entity.
    pub entity: EntityIdx,
    /// Byte ranges in the body, in order.
    pub places: Vec<(u32, u32)>,
    /// How its name is spelled there where nobody registered that, each spelling once.
    pub spellings: Vec<Box<str>>,
}

/// A sentence with a name in it. Plain text, white space folded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// Before the name; begins with `…` where it was cut.
    pub before: Box<str>,
    /// The name as written there.
    pub name: Box<str>,
    /// After the name; ends with `…` where it was cut.
    pub after: Box<str>,
}

/// Something of the site that a link or a name can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An article.
    Article(ArticleId),
    /// A topic.
    Topic(TopicIdx),
    /// An entity.
    Entity(EntityIdx),
    /// A story.
    Story(StoryIdx),
    /// Position of a page outside the news in the registry.
    Page(u32),
    /// The edition of a day.
    Day(Date),
}

/// A file that published content refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Where it is published.
    pub route: Route,
    /// Pixels, if it is an image whose size could be read.
    pub size: Option<(u32, u32)>,
    /// Of its bytes.
    pub digest: Digest,
}

/// A file of `static/`, the site's own or the built-in theme's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaticFile {
    /// Where it is published.
    pub route: Route,
    /// The site's file, relative to its root; `None` for the built-in theme's.
    pub source: Option<String>,
    /// Pixels, if it is an image whose size could be read.
    pub size: Option<(u32, u32)>,
    /// Of its bytes.
    pub digest: Digest,
}
