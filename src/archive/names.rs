//! Names and addresses: what a link, id or name leads to, and how what it leads to is called and where it is published.

use jiff::civil::Date;

use super::{Newsroom, Snapshot, editions::edition_number};
use crate::{
    model::{
        face::Heading,
        links::{self, Names, Resolved},
        newsroom::{ArticleId, ListId, Target},
        output::Period,
        route::{self, Route},
        tongue::Tongue,
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
        let number = edition_number(self.tongue, date);
        let is_there = date <= self.today
            && self.archive.with(&self.archive.editions, number, |_| Some(())).is_some();
        is_there.then_some(Target::Day(date))
    }

    /// Of articles that bear one id in several languages, those of this one; without one, those of the first.
    fn of_one_tongue(&self, mut ids: Vec<ArticleId>) -> Vec<ArticleId> {
        if ids.len() < 2 || !self.config.is_multilingual() {
            return ids;
        }
        let tongue = |id: &ArticleId| self.tongue_of(*id);
        let has_own = ids.iter().any(|id| tongue(id) == self.tongue);
        let wanted = if has_own { Some(self.tongue) } else { ids.iter().map(tongue).min() };
        ids.retain(|id| Some(tongue(id)) == wanted);
        ids
    }

    /// The same for pages outside the news.
    fn keep_pages_of_one_tongue(&self, found: &mut Vec<Target>) {
        let tongue = |target: &Target| match target {
            Target::Page(idx) => self.registry.pages.get(*idx as usize).map(|page| page.tongue),
            _ => None,
        };
        let tongues = || found.iter().filter_map(tongue);
        let wanted = tongues().find(|it| *it == self.tongue).or_else(|| tongues().min());
        found.retain(|target| tongue(target).is_none_or(|it| Some(it) == wanted));
    }

    /// An address in this language: `/en/archive/` of `/archive/`.
    #[must_use]
    pub fn at(&self, route: Route) -> Route {
        self.at_in(self.tongue, route)
    }

    /// An address in a language of the site.
    #[must_use]
    pub fn at_in(&self, tongue: Tongue, route: Route) -> Route {
        if tongue == Tongue::OWN {
            return route;
        }
        Route::new(format!("{}{route}", self.config.prefix(tongue)))
    }

    /// The language of an article (BCP 47).
    #[must_use]
    pub fn language_of<'a>(&'a self, article: &'a Heading) -> &'a str {
        let own = || self.config.tag(Tongue::OWN);
        article.lang.as_deref().unwrap_or_else(own)
    }

    /// The published article that an edition or a milestone names.
    #[must_use]
    pub fn named_article(&self, id: &str) -> Option<ArticleId> {
        match self.resolve_in("articles", id) {
            Resolved::Target(Target::Article(id), _) => Some(id),
            _ => None,
        }
    }

    /// Whether another published article of its day and language has the stem of this one, whatever its row says.
    #[must_use]
    pub fn finds_namesake(&self, id: ArticleId) -> bool {
        let own = &self.face(id).heading;
        let bearers = self.archive.bearers(links::id_key(&fold::key(&own.stem)));
        bearers.len() > 1
            && bearers.into_iter().any(|(other, published)| {
                published && other != id && {
                    let other = &self.face(other).heading;
                    other.date.day() == own.date.day()
                        && other.stem == own.stem
                        && other.tongue == own.tongue
                }
            })
    }

    /// The page of a topic, entity or story: in this language, or where there is none, in the first that has one.
    #[must_use]
    pub fn list_route(&self, list: ListId) -> Route {
        self.list_route_in(self.tongue_of_list(list), list)
    }

    /// The page of a topic, entity or story in a language, whether or not there is one.
    #[must_use]
    pub fn list_route_in(&self, tongue: Tongue, list: ListId) -> Route {
        self.at_in(
            tongue,
            match list {
                ListId::Topic(idx) => Route::new(format!("/topics/{}/", self.topic(idx).id)),
                ListId::Entity(idx) => route::entity_id(&self.entity(idx).id),
                ListId::Story(idx) => Route::new(format!("/stories/{}/", self.story(idx).id)),
            },
        )
    }

    /// A calendar page of a topic, entity or story: `/topics/x/2023-09.html`.
    #[must_use]
    pub fn period_route(&self, list: ListId, period: Period) -> Route {
        Route::new(format!("{}{period}.html", self.list_route_in(self.tongue, list)))
    }

    /// The Atom feed of a topic, entity or story.
    #[must_use]
    pub fn list_feed(&self, list: ListId) -> Route {
        Route::new(format!("{}feed.xml", self.list_route_in(self.tongue, list)))
    }

    /// The route of anything that a link can lead to.
    #[must_use]
    pub fn route(&self, target: Target) -> Route {
        match target {
            Target::Article(id) => self.address(id).route.clone(),
            Target::Topic(idx) => self.list_route(ListId::Topic(idx)),
            Target::Entity(idx) => self.list_route(ListId::Entity(idx)),
            Target::Story(idx) => self.list_route(ListId::Story(idx)),
            Target::Page(idx) => {
                let page = &self.registry.pages[idx as usize];
                self.at_in(page.tongue, route::static_page(&page.path))
            }
            Target::Day(date) => self.at(route::day(date)),
        }
    }

    /// The name of anything that a link can lead to: a headline, a name, a title.
    #[must_use]
    pub fn name(&self, target: Target) -> String {
        match target {
            Target::Article(id) => self.address(id).title.clone(),
            Target::Topic(idx) => self.topic(idx).name.clone(),
            Target::Entity(idx) => self.entity(idx).name.clone(),
            Target::Story(idx) => self.story(idx).name.clone(),
            Target::Page(idx) => self.registry.pages[idx as usize].title.clone(),
            Target::Day(date) => {
                self.edition(date).and_then(|filed| filed.edition.title).unwrap_or_default()
            }
        }
    }

    /// The id of a topic, entity or story, which with a language makes its address.
    #[must_use]
    pub fn list_id(&self, list: ListId) -> &str {
        match list {
            ListId::Topic(idx) => &self.topic(idx).id,
            ListId::Entity(idx) => &self.entity(idx).id,
            ListId::Story(idx) => &self.story(idx).id,
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
            let (name, tongue) = self.config.tongue_of_stem(name);
            self.edition_target(name).filter(|_| tongue.unwrap_or_default() == self.tongue)
        };
        self.registry.by_path(key).or_else(|| self.archive.articles(key).next()).or_else(edition)
    }

    fn by_id(&self, key: &str) -> Vec<Target> {
        let mut found: Vec<Target> = self.registry.by_id(links::id_key(key)).collect();
        let mut ids: Vec<ArticleId> = Vec::new();
        for id in links::id_keys(key) {
            let published = self.archive.bearers(id).into_iter().filter(|(_, it)| *it);
            ids.extend(published.map(|(id, _)| id));
        }
        ids.sort_unstable();
        ids.dedup();
        found.extend(self.of_one_tongue(ids).into_iter().map(Target::Article));
        self.keep_pages_of_one_tongue(&mut found);
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
