//! `topic.html`, `entity.html`, `story.html` and `period.html`: lists and their calendar pages.

use tera::Value;

use super::{calendar::nested, chip, dir, image, milestones, opening, status};
use crate::{
    model::{
        article::{Body, Image},
        links::Names,
        newsroom::{ArticleId, ListId, StoryIdx, Target},
        output::{Group, IndexKind, ListPage, Period, PeriodCount},
        registry::{Entity, Fact},
        route::{self, Route},
    },
    render::{
        Renderer, chart,
        head::{self, Draft},
        json_ld, twins,
        view::{
            EntityProfile, FactView, ForeignName, GroupView, Head, HeadFeed, ItemView, Link,
            ListView, Markup, MentionTime, PeriodLink, StoryProfile, Text, TopicProfile,
        },
        view_of,
    },
    text::{
        bidi::{self, Manner},
        fold,
    },
};

/// The texts of a list's own page.
struct Texts<'a> {
    key: &'static str,
    source: &'a str,
    name: &'a str,
    body: &'a Body,
    image: Option<&'a Image>,
    extra: &'a std::collections::BTreeMap<String, serde_json::Value>,
    index: IndexKind,
    index_name: &'static str,
}

impl Renderer<'_> {
    pub(in crate::render) fn list(&self, route: &Route, page: &ListPage) -> (Head, Value) {
        let desk = &self.desk;
        let texts = self.texts(page.list);
        let own = page.period.is_none();
        let url = desk.url(&desk.newsroom.list_route(page.list));
        let period = page.period.map(|period| desk.period(period));
        let has_body = own && !texts.body.text.trim().is_empty();
        let groups = self.groups(page);
        let entity = self.entity_profile(page);
        let view = ListView {
            list: texts.key,
            name: desk.list_name(page.list, texts.name),
            breadcrumb: self.list_breadcrumb(page, &texts),
            count: desk.count("count.articles", page.total),
            feed_url: desk.url(&desk.newsroom.list_feed(page.list)),
            feed_label: self.feed_label(page.list, texts.name),
            groups,
            parts: nested(
                page.parts.iter().map(|&part| (part.period, self.period_link(page, part))),
            ),
            previous: page.previous.map(|it| self.neighbour(page.list, it)),
            next: page.next.map(|it| self.neighbour(page.list, it)),
            body: has_body.then(|| {
                let language = &desk.newsroom.config.language;
                Markup::new(&self.text_html(texts.source, &texts.body.text, language))
            }),
            image: texts
                .image
                .filter(|_| own)
                .and_then(|it| image(desk, texts.source, it, &desk.newsroom.config.language)),
            appears_with: self.appears_with(page),
            stories: page.profile.stories.iter().map(|&story| self.running_story(story)).collect(),
            chart: chart::chart(desk, &page.profile.per_month),
            topic: self.topic_profile(page),
            entity,
            story: self.story_profile(page),
            extra: texts.extra.clone(),
            url,
            period,
        };
        (self.list_head(route, page, &texts, &view), view_of(&view))
    }

    fn texts(&self, list: ListId) -> Texts<'_> {
        let newsroom = self.desk.newsroom;
        match list {
            ListId::Topic(idx) => {
                let it = newsroom.topic(idx);
                Texts {
                    key: "topic",
                    source: &it.source,
                    name: &it.name,
                    body: &it.body,
                    image: it.image.as_ref(),
                    extra: &it.extra,
                    index: IndexKind::Topics,
                    index_name: "nav.topics",
                }
            }
            ListId::Entity(idx) => {
                let it = newsroom.entity(idx);
                Texts {
                    key: "entity",
                    source: &it.source,
                    name: &it.name,
                    body: &it.body,
                    image: it.image.as_ref(),
                    extra: &it.extra,
                    index: IndexKind::Entities,
                    index_name: "nav.entities",
                }
            }
            ListId::Story(idx) => {
                let it = newsroom.story(idx);
                Texts {
                    key: "story",
                    source: &it.source,
                    name: &it.name,
                    body: &it.body,
                    image: None,
                    extra: &it.extra,
                    index: IndexKind::Stories,
                    index_name: "nav.stories",
                }
            }
        }
    }

    fn list_breadcrumb(&self, page: &ListPage, texts: &Texts<'_>) -> Vec<Link> {
        let desk = &self.desk;
        let index = desk.url_at(route::index(texts.index));
        let mut breadcrumb = vec![self.home(), desk.labelled(index, texts.index_name)];
        if let ListId::Topic(idx) = page.list {
            let mut broader = Vec::new();
            let mut at = self.desk.newsroom.parent(idx);
            // A circle of topics stops the build; this only keeps a page from looping before that is reported.
            while let Some(topic) = at.filter(|topic| broader.len() < 8 && !broader.contains(topic))
            {
                broader.push(topic);
                at = self.desk.newsroom.parent(topic);
            }
            breadcrumb
                .extend(broader.into_iter().rev().map(|topic| desk.link(Target::Topic(topic))));
        }
        if let Some(period) = page.period {
            breadcrumb.push(desk.link(Target::from(page.list)));
            breadcrumb.extend(self.overviews_of(page.list, period));
        }
        breadcrumb
    }

    /// The year and month pages above a calendar page. A month or day has a page only where the longer period is
    /// divided, so these are always there.
    fn overviews_of(&self, list: ListId, period: Period) -> Vec<Link> {
        let above = match period {
            Period::Year(_) => vec![],
            Period::Month(year, _) => vec![Period::Year(year)],
            Period::Day(date) => {
                vec![Period::Year(date.year()), Period::Month(date.year(), date.month())]
            }
        };
        above.into_iter().map(|it| self.neighbour(list, it)).collect()
    }

    fn neighbour(&self, list: ListId, period: Period) -> Link {
        let url = self.desk.url(&self.desk.newsroom.period_route(list, period));
        Link { url, name: Text::label(&self.desk.period(period)) }
    }

    fn feed_label(&self, list: ListId, name: &str) -> Text {
        let Self { desk, .. } = self;
        let foreign = desk.newsroom.foreign_name(list);
        let manner = Manner::of(foreign.unwrap_or(&desk.newsroom.config.language));
        let html = bidi::line_html(name, manner, foreign);
        let plain = desk.ui.with("feed.of", &[("name", name)]);
        Text::of_safe(&plain, &desk.ui.html_with("feed.of", &[("name", &html)]))
    }

    /// A part of a page, linked where it has one of its own. Its year stands above it.
    fn period_link(&self, page: &ListPage, part: PeriodCount) -> PeriodLink {
        let url = self.desk.url(&self.desk.newsroom.period_route(page.list, part.period));
        PeriodLink {
            url: part.has_page.then_some(url),
            name: self.desk.period_of_year(part.period),
            iso: part.period.to_string(),
            count: self.desk.count("count.articles", part.count),
            parts: Vec::new(),
        }
    }

    /// Articles under their headings: as many as a page has with a summary, the rest as headlines.
    fn groups(&self, page: &ListPage) -> Vec<GroupView> {
        let mut left = self.desk.newsroom.config.per_page;
        let group = |group: &Group| {
            let in_full = left.min(group.articles.len());
            left -= in_full;
            let (items, more) = group.articles.split_at(in_full);
            GroupView {
                name: match page.period {
                    Some(_) => self.desk.period_of_year(group.period),
                    None => self.desk.period(group.period),
                },
                is_page: page.period == Some(group.period)
                    || matches!(page.period, Some(Period::Day(_))),
                iso: group.period.to_string(),
                items: items.iter().map(|&idx| self.item(page, idx, true)).collect(),
                more: more.iter().map(|&idx| self.item(page, idx, false)).collect(),
            }
        };
        page.groups.iter().map(group).collect()
    }

    /// An article of a list: in full, or as a headline.
    fn item(&self, page: &ListPage, idx: ArticleId, in_full: bool) -> ItemView {
        let shown = self.shown(idx);
        // What a divided list's own page has no room for has its sentences on the page of its period.
        let is_elsewhere = page.period.is_none() && !page.parts.is_empty();
        let excerpts = match page.list {
            ListId::Entity(entity) if in_full || !is_elsewhere => {
                self.excerpts((idx, &shown.language), entity)
            }
            _ => Vec::new(),
        };
        let mut excerpts = excerpts.into_iter();
        let excerpt = if in_full { excerpts.next() } else { None };
        let further: Vec<_> = excerpts.collect();
        let n_further = match (further.len(), in_full) {
            (0, _) => String::new(),
            (n, true) => self.desk.count("count.further", n),
            (n, false) => self.desk.count("count.sentences", n),
        };
        ItemView { card: shown.card.clone(), excerpt, further, n_further }
    }

    fn appears_with(&self, page: &ListPage) -> Vec<crate::render::view::EntityChip> {
        let with = page.profile.appears_with.iter();
        with.map(|&(entity, count)| {
            chip(&self.desk, entity, Some(self.desk.count("count.articles", count)))
        })
        .collect()
    }

    /// A running story by its name and milestones: what is newest of it would change this page with articles that are not on
    /// its list.
    fn running_story(&self, story: StoryIdx) -> crate::render::view::StoryCard {
        crate::render::view::StoryCard {
            updated: None,
            latest: None,
            ..self.story_card(story, String::new())
        }
    }

    fn topic_profile(&self, page: &ListPage) -> Option<TopicProfile> {
        let ListId::Topic(idx) = page.list else { return None };
        let link = |topic| self.desk.link(Target::Topic(topic));
        Some(TopicProfile {
            parent: self.desk.newsroom.parent(idx).map(link),
            narrower: page.profile.narrower.iter().copied().map(link).collect(),
        })
    }

    fn entity_profile(&self, page: &ListPage) -> Option<EntityProfile> {
        let ListId::Entity(idx) = page.list else { return None };
        let desk = &self.desk;
        let entity = desk.newsroom.entity(idx);
        let kind = entity.kind.map(|kind| kind.key());
        let same_as =
            entity.same_as.iter().map(|url| Link { url: url.clone(), name: desk.line(host(url)) });
        let wikidata = entity
            .wikidata
            .iter()
            .map(|item| desk.labelled(format!("https://www.wikidata.org/wiki/{item}"), "wikidata"));
        Some(EntityProfile {
            kind,
            kind_label: kind.map(|key| desk.ui.text(&format!("entity_kind.{key}")).to_owned()),
            role: entity.role.as_deref().map(|role| desk.alone(role)),
            spellings: spellings(entity, page).map(|it| desk.line(it)).collect(),
            names: foreign_names(entity),
            facts: entity.facts.iter().map(|fact| self.fact(fact)).collect(),
            same_as: same_as.chain(wikidata).collect(),
            first: page.profile.first.map(|article| self.mention_time(article)),
            latest: page.profile.latest.map(|article| self.mention_time(article)),
            thin: desk.newsroom.is_thin(idx),
        })
    }

    /// A line of the fact box; a value that is the id of an entity becomes a link to it.
    fn fact(&self, fact: &Fact) -> FactView {
        let newsroom = self.desk.newsroom;
        let key = fold::key(&fact.value.text);
        let bearers = newsroom.by_id(&key).into_iter();
        let entity = bearers.into_iter().find(|target| matches!(target, Target::Entity(_)));
        let entity = entity.map(|target| self.desk.link(target));
        let label = self.desk.alone(&fact.label);
        match entity {
            Some(link) => FactView { label, value: link.name, url: Some(link.url) },
            None => FactView { label, value: self.desk.alone(&fact.value.text), url: None },
        }
    }

    fn mention_time(&self, idx: ArticleId) -> MentionTime {
        let face = self.desk.newsroom.face(idx);
        MentionTime {
            time: self.desk.day(face.heading.date.day()),
            url: self.desk.url(&face.ties.route),
        }
    }

    fn story_profile(&self, page: &ListPage) -> Option<StoryProfile> {
        let ListId::Story(idx) = page.list else { return None };
        let (status, status_label) = status(&self.desk, self.desk.newsroom.story(idx).status);
        Some(StoryProfile { status, status_label, milestones: milestones(&self.desk, idx) })
    }

    fn list_head(
        &self,
        route: &Route,
        page: &ListPage,
        texts: &Texts<'_>,
        view: &ListView,
    ) -> Head {
        let desk = &self.desk;
        let canonical = desk.absolute(route);
        let crumbs = self.absolute_crumbs(&view.breadcrumb);
        let title = match &view.period {
            Some(period) => format!("{}{}{period}", texts.name, desk.ui.text("separator")),
            None => texts.name.to_owned(),
        };
        let role = match page.list {
            ListId::Entity(idx) => desk.newsroom.entity(idx).role.clone(),
            _ => None,
        };
        let body = opening(&texts.body.text);
        let described = role.unwrap_or(body);
        let series = |period: Option<Period>| {
            period.map(|it| desk.absolute(&desk.newsroom.period_route(page.list, it)))
        };
        let draft = Draft {
            description: if described.is_empty() {
                format!("{title}{}{}", desk.ui.text("separator"), view.count)
            } else {
                described
            },
            twins: twins::of_list(desk.newsroom, page.list, page.period),
            otherwise: Some(route::index(texts.index)),
            hidden: view.entity.as_ref().is_some_and(|entity| entity.thin),
            image: view.image.as_ref().map(|image| self.head_image(image)),
            feed: Some(HeadFeed { url: view.feed_url.clone(), name: desk.plain(texts.name) }),
            json_ld: json_ld::list(desk, page, &canonical, &crumbs),
            previous: series(page.previous),
            next: series(page.next),
            title,
            ..Draft::default()
        };
        head::head(desk, route, draft)
    }
}

/// How an entity's name is spelled: the registered spellings, then others as they stand in articles.
fn spellings<'s>(entity: &'s Entity, page: &'s ListPage) -> impl Iterator<Item = &'s str> {
    let registered = entity.aliases.iter().map(|alias| alias.text.as_str());
    let seen = page.profile.spellings.iter().map(String::as_str);
    let is_new = |it: &&str| *it != entity.name && !entity.aliases.iter().any(|a| a.text == *it);
    registered.chain(seen.filter(is_new))
}

/// An entity's names in other languages; one that a reader could not tell from its name here, or from one before it, is
/// none.
fn foreign_names(entity: &Entity) -> Vec<ForeignName> {
    let mut seen = vec![fold::key(&entity.name)];
    let mut names = Vec::new();
    for (lang, name) in &entity.names {
        let key = fold::key(name);
        if !seen.contains(&key) {
            names.push(ForeignName {
                lang: lang.clone(),
                dir: dir(lang),
                name: Text::alone(name, lang),
            });
            seen.push(key);
        }
    }
    names
}

/// The host of a URL, for a link's text.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.")
}
