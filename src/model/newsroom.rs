//! The newsroom: everything published, linked to each other. What `link` makes and `plan` and `render` read.
//!
//! Articles stand newest first; an index into them is a position in that order. Topics, entities and
//! stories with a file stand by id, then those that only front matter names. Nothing here holds a body: an article's Markdown is read again when its page is rendered.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    Digest,
    article::Summary,
    config::Config,
    edition::{Edition, StaticPage},
    links::{Names, Resolved},
    registry::{Entity, Story, Topic},
    route::Route,
};

/// Position of an article in [`Newsroom::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleIdx(pub u32);
/// Position of a topic in [`Newsroom::topics`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicIdx(pub u32);
/// Position of an entity in [`Newsroom::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIdx(pub u32);
/// Position of a story in [`Newsroom::stories`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryIdx(pub u32);

/// A list of articles with a page, calendar pages and a feed of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListId {
    /// Articles of a topic.
    Topic(TopicIdx),
    /// Articles about an entity or that mention it.
    Entity(EntityIdx),
    /// Articles of a running story.
    Story(StoryIdx),
}

/// Everything published at one moment.
#[derive(Debug)]
pub struct Newsroom {
    /// Settings.
    pub config: Config,
    /// Published articles, newest first, then by path.
    pub articles: Vec<Summary>,
    /// For each article: what it belongs to and mentions.
    pub ties: Vec<Ties>,
    /// Those with a file by id, then those that only front matter names.
    pub topics: Vec<Topic>,
    /// In the same order.
    pub entities: Vec<Entity>,
    /// In the same order.
    pub stories: Vec<Story>,
    /// For each topic: the broader one.
    pub parents: Vec<Option<TopicIdx>>,
    /// For each topic: its articles, newest first.
    pub topic_articles: Vec<Vec<ArticleIdx>>,
    /// For each entity: the articles about it or that mention it, newest first.
    pub entity_articles: Vec<Vec<ArticleIdx>>,
    /// For each story: its articles, newest first.
    pub story_articles: Vec<Vec<ArticleIdx>>,
    /// Editions with a file, by day.
    pub editions: BTreeMap<Date, Edition>,
    /// For each day with articles: them, newest first.
    pub days: BTreeMap<Date, Vec<ArticleIdx>>,
    /// Published pages outside the news, by path.
    pub pages: Vec<StaticPage>,
    /// Images and other files beside content that published content refers to, by source path.
    pub media: BTreeMap<String, Media>,
    /// Names → what they lead to, for `[[id]]`, relative links and front matter.
    pub names: Names,
    /// What the texts of topics, entities, stories, editions and pages refer to, by source path.
    pub refs: BTreeMap<String, Refs>,
    /// Files of `static/` and of the built-in theme, by their path below `static/`.
    pub statics: BTreeMap<String, StaticFile>,
}

/// What an article belongs to, mentions and leads to.
#[derive(Debug, Clone)]
pub struct Ties {
    /// Where it is published.
    pub route: Route,
    /// In the order of the front matter.
    pub topics: Vec<TopicIdx>,
    /// What it is about, in the order of the front matter.
    pub about: Vec<EntityIdx>,
    /// What its text mentions, by first place.
    pub mentions: Vec<Mention>,
    /// The running story it continues.
    pub story: Option<StoryIdx>,
    /// What its body and lead image refer to inside the site.
    pub refs: Refs,
}

/// What a text refers to inside the site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refs {
    /// What it links to.
    pub targets: Vec<Target>,
    /// Files beside content, by source path.
    pub media: Vec<String>,
}

impl Ties {
    /// Every entity of the article once: first what it is about, then what it mentions.
    pub fn entities(&self) -> impl Iterator<Item = EntityIdx> + '_ {
        let mentioned = self.mentions.iter().map(|mention| mention.entity);
        self.about.iter().copied().chain(mentioned.filter(|entity| !self.about.contains(entity)))
    }
}

/// An entity found in an article's running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Which entity.
    pub entity: EntityIdx,
    /// Byte ranges in the body, in order; the first is the first mention.
    pub places: Vec<(u32, u32)>,
    /// The sentence around the first mention.
    pub excerpt: Excerpt,
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
    Article(ArticleIdx),
    /// A topic.
    Topic(TopicIdx),
    /// An entity.
    Entity(EntityIdx),
    /// A story.
    Story(StoryIdx),
    /// Position in [`Newsroom::pages`].
    Page(u32),
    /// The edition of a day.
    Day(Date),
}

/// A file that published content refers to.
#[derive(Debug, Clone)]
pub struct Media {
    /// Where it is published.
    pub route: Route,
    /// Pixels, if it is an image whose size could be read.
    pub size: Option<(u32, u32)>,
    /// Of its bytes.
    pub digest: Digest,
}

/// A file of `static/`, the site's own or the built-in theme's.
#[derive(Debug, Clone)]
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

impl Newsroom {
    /// The article at a position.
    #[must_use]
    pub fn article(&self, idx: ArticleIdx) -> &Summary {
        &self.articles[idx.0 as usize]
    }

    /// What the article at a position belongs to.
    #[must_use]
    pub fn ties(&self, idx: ArticleIdx) -> &Ties {
        &self.ties[idx.0 as usize]
    }

    /// The topic at a position.
    #[must_use]
    pub fn topic(&self, idx: TopicIdx) -> &Topic {
        &self.topics[idx.0 as usize]
    }

    /// The entity at a position.
    #[must_use]
    pub fn entity(&self, idx: EntityIdx) -> &Entity {
        &self.entities[idx.0 as usize]
    }

    /// The story at a position.
    #[must_use]
    pub fn story(&self, idx: StoryIdx) -> &Story {
        &self.stories[idx.0 as usize]
    }

    /// The broader topic.
    #[must_use]
    pub fn parent(&self, idx: TopicIdx) -> Option<TopicIdx> {
        self.parents[idx.0 as usize]
    }

    /// The published article that an edition or a milestone names.
    #[must_use]
    pub fn named_article(&self, id: &str) -> Option<ArticleIdx> {
        match self.names.resolve_in("articles", id) {
            Resolved::Target(Target::Article(idx), _) => Some(idx),
            _ => None,
        }
    }

    /// The articles of a list, newest first.
    #[must_use]
    pub fn list(&self, list: ListId) -> &[ArticleIdx] {
        match list {
            ListId::Topic(idx) => &self.topic_articles[idx.0 as usize],
            ListId::Entity(idx) => &self.entity_articles[idx.0 as usize],
            ListId::Story(idx) => &self.story_articles[idx.0 as usize],
        }
    }

    /// Every list: topics, entities, stories, each by id.
    pub fn lists(&self) -> impl Iterator<Item = ListId> + '_ {
        let topics = (0..).map(|idx| ListId::Topic(TopicIdx(idx))).take(self.topics.len());
        let entities = (0..).map(|idx| ListId::Entity(EntityIdx(idx))).take(self.entities.len());
        let stories = (0..).map(|idx| ListId::Story(StoryIdx(idx))).take(self.stories.len());
        topics.chain(entities).chain(stories)
    }

    /// Whether an entity has too little on its page to be offered to search engines.
    #[must_use]
    pub fn is_thin(&self, idx: EntityIdx) -> bool {
        self.entity(idx).body.text.trim().is_empty()
            && self.list(ListId::Entity(idx)).len() < self.config.mentions.min_page
    }

    /// The mention of an entity in an article's running text.
    #[must_use]
    pub fn mention(&self, article: ArticleIdx, entity: EntityIdx) -> Option<&Mention> {
        self.ties(article).mentions.iter().find(|mention| mention.entity == entity)
    }
}
