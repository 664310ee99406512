//! The archive: everything that is published, kept by key in one file, so that a build reads what it needs and no more.
//!
//! In: what `link` made of the sources ([`Batch`]). Out: a [`Newsroom`], the one way in which `plan`, `render` and whoever
//! else reads what is published, whether the archive was filled a moment ago or last year.
//!
//! | table | one record for each | read for |
//! |---|---|---|
//! | articles, rows | article | its page; lists, neighbours, fingerprints |
//! | addresses | article | links, sitemaps |
//! | excerpts | article | pages of entities |
//! | signatures | article | finding the texts that a changed name may stand in |
//! | lists, heads | month of a list, list | pages of lists, the calendar, the front page |
//! | companions, spellings | list | "appears with", how a name is spelled |
//! | keys, backlinks | name and path, reference | links |
//! | due, withheld | what is not published | coming and going by time |
//! | folders, faults, outputs | folder, source, output | what changed, what to say, what to write |

mod articles;
mod batch;
mod delta;
mod editions;
mod entities;
mod folders;
mod lists;
mod names;
mod outputs;
mod pack;
mod recent;
mod registry;
mod snapshot;
mod store;
mod tables;
mod texts;
mod translations;

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use batch::{Batch, Encoded, encode};
pub use delta::{Change, Delta, Touched};
pub use editions::{edition_of_text, edition_text};
pub use entities::Entities;
pub use folders::{Folder, KnownFile};
pub use lists::story_companion;
pub use outputs::{Output, Published};
pub use recent::Recent;
pub use registry::{Registered, Registry};
pub use snapshot::Snapshot;
pub use store::{Mark, Store, StoreError};
use texts::TextsIn;
pub use texts::Told;
pub use translations::{Original, base_key, translation_key};

use crate::{
    diag::Diagnostic,
    model::{
        Digest,
        article::BodyLink,
        config::Config,
        edition::Edition,
        face::Face,
        newsroom::{
            Address, ArticleId, EntityIdx, Filed, ListId, Media, Row, Shelf, Stand, StaticFile,
            StoryIdx, TopicIdx,
        },
        registry::{Entity, Story, Topic},
        tongue::Tongue,
    },
};

/// Articles that are kept decoded, of however many there are: its page asks for one again and again.
const RECENT_ARTICLES: usize = 64;
/// Articles of which what lists and feeds show is kept: a month's lists show the same ones again and again.
const RECENT_FACES: usize = 512;
/// Articles whose addresses are kept.
const RECENT_ADDRESSES: usize = 4096;
/// Articles whose digests are kept, which every list, page and feed that shows one asks for.
const RECENT_DIGESTS: usize = 8192;

/// A day's edition with what its text refers to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FiledEdition {
    /// As its editor shaped it.
    pub edition: Edition,
    /// Links and images of its body.
    pub links: Vec<BodyLink>,
}

/// Everything published at one moment in one language of the site, linked to each other. What all languages have in common
/// is shared.
#[derive(Debug)]
pub struct Newsroom {
    /// Settings, as they are for the language.
    pub config: Config,
    /// The language: its shelves, pages and addresses are meant wherever nothing else is said.
    pub tongue: Tongue,
    /// Topics, entities, stories, pages outside the news.
    pub registry: Arc<Registry>,
    /// Files of `static/` and of the built-in theme, by their path below `static/`.
    pub statics: Arc<BTreeMap<String, StaticFile>>,
    /// Editions of later days are not published.
    pub today: Date,
    /// The store.
    pub archive: Arc<Snapshot>,
    recent: Arc<Recent<Filed>>,
    faces: Arc<Recent<Face>>,
    addresses: Arc<Recent<Address>>,
    digests: Arc<Recent<[Digest; 3]>>,
    texts: TextsIn,
    others: Vec<Newsroom>,
}

impl Newsroom {
    /// The newsroom of what an archive holds.
    #[must_use]
    pub fn new(
        config: Config,
        registry: impl Into<Arc<Registry>>,
        statics: BTreeMap<String, StaticFile>,
        today: Date,
        archive: Snapshot,
    ) -> Self {
        Self::of(config, registry.into(), Arc::new(statics), today, archive)
    }

    fn of(
        config: Config,
        registry: Arc<Registry>,
        statics: Arc<BTreeMap<String, StaticFile>>,
        today: Date,
        archive: Snapshot,
    ) -> Self {
        let (archive, recent) = (Arc::new(archive), Arc::new(Recent::new(RECENT_ARTICLES)));
        let faces = Arc::new(Recent::new(RECENT_FACES));
        let addresses = Arc::new(Recent::new(RECENT_ADDRESSES));
        let digests = Arc::new(Recent::new(RECENT_DIGESTS));
        let of_tongue = |tongue| Self {
            config: config.in_tongue(tongue),
            tongue,
            registry: Arc::clone(&registry),
            statics: Arc::clone(&statics),
            today,
            archive: Arc::clone(&archive),
            recent: Arc::clone(&recent),
            faces: Arc::clone(&faces),
            addresses: Arc::clone(&addresses),
            digests: Arc::clone(&digests),
            texts: TextsIn::of(&registry, tongue, config.tag(tongue)),
            others: Vec::new(),
        };
        let others = config.tongues().skip(1).map(of_tongue).collect();
        Self { others, ..of_tongue(Tongue::OWN) }
    }

    /// The same with the archive as it is now.
    #[must_use]
    pub fn renewed(self, archive: Snapshot) -> Self {
        Self::of(self.config, self.registry, self.statics, self.today, archive)
    }

    /// The newsroom in every language of the site, its own first. Asked of the newsroom in the site's own language.
    pub fn in_tongues(&self) -> impl Iterator<Item = &Self> {
        [self].into_iter().chain(&self.others)
    }

    /// The newsroom in a language of the site. Asked of the newsroom in the site's own language.
    #[must_use]
    pub fn in_tongue(&self, tongue: Tongue) -> &Self {
        let other = usize::from(tongue.0).checked_sub(1);
        other.and_then(|at| self.others.get(at)).unwrap_or(self)
    }

    /// The newsroom in the language of an article.
    #[must_use]
    pub fn of_article(&self, id: ArticleId) -> &Self {
        self.in_tongue(self.tongue_of(id))
    }

    /// The language of the site in which an article is published.
    #[must_use]
    pub fn tongue_of(&self, id: ArticleId) -> Tongue {
        if self.config.is_multilingual() { self.address(id).tongue } else { Tongue::OWN }
    }

    /// Where an article is published and how it is called.
    #[must_use]
    pub fn address(&self, id: ArticleId) -> Arc<Address> {
        self.addresses.get_or(id.0, || self.archive.address(id).unwrap_or_default())
    }

    /// All that is known of an article but its body.
    #[must_use]
    pub fn article(&self, id: ArticleId) -> Arc<Filed> {
        self.recent.get_or(id.0, || self.archive.filed(id).unwrap_or_default())
    }

    /// What lists and feeds show of an article.
    #[must_use]
    pub fn face(&self, id: ArticleId) -> Arc<Face> {
        self.faces.get_or(id.0, || self.archive.face(id).unwrap_or_default())
    }

    /// What lists and neighbours need of an article.
    #[must_use]
    pub fn row(&self, id: ArticleId) -> Row {
        self.archive.row(id).unwrap_or_else(Row::blank)
    }

    /// Of what lists show of an article.
    #[must_use]
    pub fn card_digest(&self, id: ArticleId) -> Digest {
        let [card, ..] = self.digests(id);
        card
    }

    /// Of all that an article shows: its card, its body, and what its body leads to.
    #[must_use]
    pub fn digests(&self, id: ArticleId) -> [Digest; 3] {
        let read = || self.archive.with(&self.archive.rows, id.0, pack::digests_of_row);
        *self.digests.get_or(id.0, || read().unwrap_or_default())
    }

    /// The topic at a position.
    #[must_use]
    pub fn topic(&self, idx: TopicIdx) -> &Topic {
        self.texts.topic(&self.registry, idx)
    }

    /// The entity at a position.
    #[must_use]
    pub fn entity(&self, idx: EntityIdx) -> &Entity {
        self.texts.entity(&self.registry, idx)
    }

    /// The story at a position.
    #[must_use]
    pub fn story(&self, idx: StoryIdx) -> &Story {
        self.texts.story(&self.registry, idx)
    }

    /// The broader topic.
    #[must_use]
    pub fn parent(&self, idx: TopicIdx) -> Option<TopicIdx> {
        self.registry.parents[idx.0 as usize]
    }

    /// Of all that is known of a topic, entity or story.
    #[must_use]
    pub fn list_digest(&self, list: ListId) -> Digest {
        match list {
            ListId::Topic(idx) => self.topic(idx).digest,
            ListId::Entity(idx) => self.entity(idx).digest,
            ListId::Story(idx) => self.story(idx).digest,
        }
    }

    /// Whether an entity has too little on its page to be offered to search engines.
    #[must_use]
    pub fn is_thin(&self, idx: EntityIdx) -> bool {
        self.is_thin_in(self.tongue, idx)
    }

    fn is_thin_in(&self, tongue: Tongue, idx: EntityIdx) -> bool {
        let body = match self.registry.told.get(&tongue) {
            _ if tongue == Tongue::OWN => Some(&self.registry.entities[idx.0 as usize].body),
            told => told.and_then(|told| told.entities.get(&idx.0)).map(|told| &told.body),
        };
        let shelf = Shelf::List(ListId::Entity(idx));
        body.is_none_or(|body| body.text.trim().is_empty())
            && self.archive.count(Stand { tongue, shelf }) < self.config.mentions.min_page
    }

    /// Whether the page of a list in a language is there and offered to search engines.
    #[must_use]
    pub fn is_offered(&self, tongue: Tongue, list: ListId) -> bool {
        let is_thin = |idx| self.is_thin_in(tongue, idx);
        self.has_list(tongue, list) && !matches!(list, ListId::Entity(idx) if is_thin(idx))
    }

    /// The edition of a day, if it has a file and its day has come.
    #[must_use]
    pub fn edition(&self, date: Date) -> Option<FiledEdition> {
        if date > self.today {
            return None;
        }
        self.archive.filed_edition(self.tongue, date)
    }

    /// A file beside content, if it is there and its bytes have been looked at.
    #[must_use]
    pub fn media(&self, path: &str) -> Option<Media> {
        self.archive.record::<_, Option<Media>>(&self.archive.media, path).flatten()
    }
}

impl Snapshot {
    /// The texts that refer to a key: articles by number, editions as [`edition_text`] says.
    #[must_use]
    pub fn backlinks(&self, key: u64) -> Vec<u32> {
        self.each(&self.backlinks, (key, 0)..=(key, u32::MAX), |(_, text), ()| Some(text))
    }

    /// Articles that come or go by themselves until and including a second since 1970.
    #[must_use]
    pub fn due(&self, until: i64) -> Vec<ArticleId> {
        let range = (i64::MIN, 0)..=(until, u32::MAX);
        self.each(&self.due, range, |(_, id), ()| Some(ArticleId(id)))
    }

    /// The next second since 1970 at which an article comes or goes by itself.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        let mut next = None;
        self.each(&self.due, (i64::MIN, 0).., |(at, _), ()| {
            let is_first = next.is_none();
            next = next.or(Some(at));
            is_first.then_some(())
        });
        next
    }

    /// What is not published, and why, by path.
    #[must_use]
    pub fn withheld<T: serde::de::DeserializeOwned>(&self) -> Vec<(String, T)> {
        self.each::<&str, _, &str, _>(&self.withheld, .., |source, reason| {
            Some((source.to_owned(), postcard::from_bytes(pack::unseal(reason)?).ok()?))
        })
    }

    /// What there is to say of sources.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let faults = self.each::<&str, _, &str, Vec<Diagnostic>>(&self.faults, .., |_, faults| {
            postcard::from_bytes(pack::unseal(faults)?).ok()
        });
        faults.into_iter().flatten().collect()
    }

    /// What there was to say of one source.
    #[must_use]
    pub fn faults_of(&self, source: &str) -> Vec<Diagnostic> {
        self.record(&self.faults, source).unwrap_or_default()
    }

    /// The files of a folder as they were when last looked at.
    #[must_use]
    pub fn folder(&self, path: &str) -> Option<Folder> {
        self.record(&self.folders, path)
    }

    /// Every folder with files.
    #[must_use]
    pub fn folders(&self) -> Vec<String> {
        self.each::<&str, _, &str, _>(&self.folders, .., |path, _| Some(path.to_owned()))
    }

    /// Folders below one, and itself.
    #[must_use]
    pub fn folders_below(&self, folder: &str) -> Vec<String> {
        let below = self.each::<&str, _, &str, _>(&self.folders, folder.., |path, _| {
            path.starts_with(folder).then(|| path.to_owned())
        });
        let is_below = |path: &String| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        below.into_iter().filter(is_below).collect()
    }

    /// Whether a file beside content is there.
    #[must_use]
    pub fn has_media(&self, path: &str) -> bool {
        self.with(&self.media, path, |_| Some(())).is_some()
    }

    /// Every file beside content, by path.
    #[must_use]
    pub fn all_media(&self) -> Vec<(String, Option<Media>)> {
        self.each::<&str, _, &str, _>(&self.media, .., |path, media| {
            Some((path.to_owned(), postcard::from_bytes(pack::unseal(media)?).ok()?))
        })
    }

    /// Every old address of an article with it, by address.
    #[must_use]
    pub fn redirects(&self) -> Vec<(String, ArticleId)> {
        self.each::<(&str, u32), _, (&str, u32), _>(&self.redirects, .., |(from, id), ()| {
            Some((from.to_owned(), ArticleId(id)))
        })
    }

    /// The articles that an old address leads to.
    #[must_use]
    pub fn redirects_from(&self, from: &str) -> Vec<ArticleId> {
        let range = (from, 0)..=(from, u32::MAX);
        self.each(&self.redirects, range, |(_, id), ()| Some(ArticleId(id)))
    }
}
