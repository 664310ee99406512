//! Names and addresses: what a link, id or name leads to, and how what it leads to is called and where it is published.

use jiff::civil::Date;

use super::{Newsroom, Snapshot};
use crate::{
    model::{
        day::day_number,
        links::{self, Names, Resolved},
        newsroom::{ArticleId, ListId, Target},
        output::Period,
        route::{self, Route},
    },
    text::fold,
};

impl Snapshot {
    /// The articles that bear a key, each with whether it is published.
    #[must_use]
    pub fn bearers(&self, key: u64) -> Vec<(ArticleId, bool)> {
        let range = (key, 0)..=(key, u32::MAX);
        self.each(&self.keys, range, |(_, id), published| Some((ArticleId(id), published == 1)))
    }

    fn articles(&self, key: u64) -> impl Iterator<Item = Target> {
        let published = self.bearers(key).into_iter().filter(|(_, published)| *published);
        published.map(|(id, _)| Target::Article(id))
    }
}

impl Newsroom {
    fn edition_target(&self, name: &str) -> Option<Target> {
        let date: Date = name.parse().ok()?;
        let is_there = date <= self.today
            && self.archive.with(&self.archive.editions, day_number(date), |_| Some(())).is_some();
        is_there.then_some(Target::Day(date))
    }

    /// The published article that an edition or a milestone names.
    #[must_use]
    pub fn named_article(&self, id: &str) -> Option<ArticleId> {
        match self.resolve_in("articles", id) {
            Resolved::Target(Target::Article(id), _) => Some(id),
            _ => None,
        }
    }

    /// Whether another published article of its day has the stem of this one, whatever its row says.
    #[must_use]
    pub fn finds_namesake(&self, id: ArticleId) -> bool {
        let filed = self.article(id);
        let (day, stem) = (filed.summary.date.day(), &filed.summary.stem);
        let bearers = self.archive.bearers(links::id_key(&fold::key(stem)));
        bearers.len() > 1
            && bearers.into_iter().any(|(other, published)| {
                published && other != id && {
                    let summary = &self.article(other).summary;
                    summary.date.day() == day && summary.stem == *stem
                }
            })
    }

    /// The own page of a topic, entity or story.
    #[must_use]
    pub fn list_route(&self, list: ListId) -> Route {
        match list {
            ListId::Topic(idx) => Route::new(format!("/topics/{}/", self.topic(idx).id)),
            ListId::Entity(idx) => route::entity_id(&self.entity(idx).id),
            ListId::Story(idx) => Route::new(format!("/stories/{}/", self.story(idx).id)),
        }
    }

    /// A calendar page of a topic, entity or story: `/topics/x/2023-09.html`.
    #[must_use]
    pub fn period_route(&self, list: ListId, period: Period) -> Route {
        Route::new(format!("{}{period}.html", self.list_route(list)))
    }

    /// The Atom feed of a topic, entity or story.
    #[must_use]
    pub fn list_feed(&self, list: ListId) -> Route {
        Route::new(format!("{}feed.xml", self.list_route(list)))
    }

    /// The route of anything that a link can lead to.
    #[must_use]
    pub fn route(&self, target: Target) -> Route {
        match target {
            Target::Article(id) => {
                self.archive.address(id).map_or_else(|| Route::new("/"), |it| it.route)
            }
            Target::Topic(idx) => self.list_route(ListId::Topic(idx)),
            Target::Entity(idx) => self.list_route(ListId::Entity(idx)),
            Target::Story(idx) => self.list_route(ListId::Story(idx)),
            Target::Page(idx) => route::static_page(&self.registry.pages[idx as usize].path),
            Target::Day(date) => route::day(date),
        }
    }

    /// The name of anything that a link can lead to: a headline, a name, a title.
    #[must_use]
    pub fn name(&self, target: Target) -> String {
        match target {
            Target::Article(id) => self.article(id).summary.title.clone(),
            Target::Topic(idx) => self.topic(idx).name.clone(),
            Target::Entity(idx) => self.entity(idx).name.clone(),
            Target::Story(idx) => self.story(idx).name.clone(),
            Target::Page(idx) => self.registry.pages[idx as usize].title.clone(),
            Target::Day(date) => {
                self.edition(date).and_then(|filed| filed.edition.title).unwrap_or_default()
            }
        }
    }

    /// The name of a topic, entity or story.
    #[must_use]
    pub fn list_name(&self, list: ListId) -> &str {
        match list {
            ListId::Topic(idx) => &self.topic(idx).name,
            ListId::Entity(idx) => &self.entity(idx).name,
            ListId::Story(idx) => &self.story(idx).name,
        }
    }
}

impl Names for Newsroom {
    fn by_path(&self, path: &str) -> Option<Target> {
        let key = links::path_key(path);
        let edition = || {
            let name = path.strip_prefix("content/editions/")?.rsplit_once('.')?.0;
            self.edition_target(name)
        };
        self.registry.by_path(key).or_else(|| self.archive.articles(key).next()).or_else(edition)
    }

    fn by_id(&self, key: &str) -> Vec<Target> {
        let mut found: Vec<Target> = self.registry.by_id(links::id_key(key)).collect();
        for id in links::id_keys(key) {
            found.extend(self.archive.articles(id));
        }
        found.extend(self.edition_target(key.strip_prefix("editions/").unwrap_or(key)));
        found.sort_unstable();
        found.dedup();
        found
    }

    fn by_name(&self, key: &str) -> Vec<Target> {
        self.registry.by_name(links::id_key(key)).collect()
    }

    fn is_unpublished(&self, path_or_key: &str) -> bool {
        let keys = [links::path_key(path_or_key)].into_iter().chain(links::id_keys(path_or_key));
        keys.into_iter().any(|key| {
            self.registry.is_unpublished(key)
                || self.archive.bearers(key).iter().any(|(_, published)| !published)
        })
    }

    fn is_file(&self, path: &str) -> bool {
        self.archive.has_media(path)
    }
}
