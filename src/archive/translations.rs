//! Articles that say the same in several languages. In: an article. Out: its translations that are published, in the order of
//! the site's languages: [`Newsroom::translations`].
//!
//! An article and its translations share the path of their files but for the language (`summit.md`, `summit.en.md`), or name
//! the one that they translate (`translation_of`).

use super::Newsroom;
use crate::{
    model::{
        links::{id_key, id_keys},
        newsroom::{ArticleId, ListId, Shelf, Stand},
        route::Route,
        source::Written,
        tongue::Tongue,
    },
    text::fold,
};

/// What `translation_of` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// The article.
    Known(ArticleId),
    /// Something that is not published now.
    Unpublished,
    /// Several articles of one language.
    Ambiguous,
    /// Nothing in another language.
    Missing,
}

/// How many articles may lead to the first of a set, each as the translation of the next.
const STEPS: usize = 4;

/// The key of the articles that share a path below `content/articles/`.
#[must_use]
pub fn base_key(base: &str) -> u64 {
    id_key(&format!("translation\u{1}{base}"))
}

/// The key of the articles that call themselves translations of an id.
#[must_use]
pub fn translation_key(id: &str) -> u64 {
    id_key(&format!("translation of\u{1}{}", short(id)))
}

fn short(id: &str) -> String {
    let key = fold::key(id);
    key.strip_prefix("articles/").map(str::to_owned).unwrap_or(key)
}

impl Newsroom {
    /// The published translations of an article, itself among them, the site's own language first, one for each language;
    /// none on a site of one language.
    #[must_use]
    pub fn translations(&self, id: ArticleId) -> Vec<(Tongue, ArticleId)> {
        if !self.config.is_multilingual() {
            return Vec::new();
        }
        let mut all: Vec<(Tongue, String, ArticleId)> = Vec::new();
        for member in self.set_of(id) {
            let heading = &self.face(member).heading;
            all.push((heading.tongue, heading.source.clone(), member));
        }
        all.sort();
        all.dedup_by_key(|(tongue, ..)| *tongue);
        all.into_iter().map(|(tongue, _, id)| (tongue, id)).collect()
    }

    /// Every article that belongs to a set, also two of one language.
    #[must_use]
    pub fn set_of(&self, id: ArticleId) -> Vec<ArticleId> {
        let base = self.base_of(id);
        let mut set: Vec<ArticleId> = self.published(base_key(&base));
        set.retain(|other| self.base_of(*other) == base);
        let mut naming: Vec<ArticleId> = Vec::new();
        for member in &set {
            let stem = self.face(*member).heading.stem.clone();
            for name in [&stem, &base] {
                naming.extend(self.published(translation_key(name)));
            }
        }
        set.extend(naming.into_iter().filter(|other| self.base_of(*other) == base));
        set.push(id);
        set.sort_unstable();
        set.dedup();
        set
    }

    fn published(&self, key: u64) -> Vec<ArticleId> {
        let bearers = self.archive.bearers(key).into_iter();
        bearers.filter(|(_, published)| *published).map(|(id, _)| id).collect()
    }

    /// The path that a set of translations shares: that of the article to which all lead.
    fn base_of(&self, id: ArticleId) -> String {
        let mut at = id;
        for _ in 0..STEPS {
            let article = self.article(at);
            let Some(written) = &article.summary.translation_of else { break };
            match self.original(at, written) {
                Original::Known(next) if next != id => at = next,
                _ => break,
            }
        }
        self.article(at).summary.base.clone()
    }

    /// The article that one calls itself a translation of: in the site's own language where there is one.
    #[must_use]
    pub fn original(&self, id: ArticleId, written: &Written) -> Original {
        let own = self.tongue_of(id);
        let mut bearers: Vec<(ArticleId, bool)> =
            id_keys(&written.text).into_iter().flat_map(|key| self.archive.bearers(key)).collect();
        bearers.sort_unstable();
        bearers.dedup();
        bearers.retain(|(other, _)| self.tongue_of(*other) != own);
        let is_published = |(id, published): &(ArticleId, bool)| published.then_some(*id);
        let found: Vec<ArticleId> = bearers.iter().filter_map(is_published).collect();
        let tongue = |id: &ArticleId| self.tongue_of(*id);
        let Some(first) = found.iter().map(tongue).min() else {
            return if bearers.is_empty() { Original::Missing } else { Original::Unpublished };
        };
        let mut of_first = found.iter().filter(|it| tongue(it) == first);
        match (of_first.next(), of_first.next()) {
            (Some(only), None) => Original::Known(*only),
            _ => Original::Ambiguous,
        }
    }

    /// Whether a list has a page in a language. One with a file has one in the site's own; in others it is there once an
    /// article is.
    #[must_use]
    pub fn has_list(&self, tongue: Tongue, list: ListId) -> bool {
        !self.config.is_multilingual()
            || (tongue == Tongue::OWN && !self.is_unfiled(list))
            || !self.archive.months(Stand { tongue, shelf: Shelf::List(list) }).is_empty()
    }

    fn is_unfiled(&self, list: ListId) -> bool {
        match list {
            ListId::Topic(idx) => self.topic(idx).source.is_empty(),
            ListId::Entity(idx) => self.entity(idx).source.is_empty(),
            ListId::Story(idx) => self.story(idx).source.is_empty(),
        }
    }

    /// The language whose page of a list is meant where nothing is said: this one, else the first that has one.
    #[must_use]
    pub fn tongue_of_list(&self, list: ListId) -> Tongue {
        if self.has_list(self.tongue, list) {
            return self.tongue;
        }
        self.config.tongues().find(|it| self.has_list(*it, list)).unwrap_or_default()
    }

    /// Where the topic on the card of an article in another language leads: to its page in this language, if it has one.
    #[must_use]
    pub fn topic_of_foreign(&self, id: ArticleId) -> Option<Route> {
        let row = self.config.is_multilingual().then(|| self.row(id))?;
        let topic = row.topics.first().filter(|_| row.tongue != self.tongue)?;
        Some(self.list_route(ListId::Topic(*topic)))
    }

    /// The language in which a list is called what it is called here, where that is not this one: it has no name here.
    #[must_use]
    pub fn foreign_name(&self, list: ListId) -> Option<&str> {
        let is_named = self.texts.is_named(&self.registry, list);
        self.config.languages.first().filter(|_| !is_named).map(|own| own.tag.as_str())
    }
}
