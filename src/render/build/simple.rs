//! `index.html`, `page.html`, `404.html`, `redirect.html`.

use std::collections::BTreeMap;

use tera::Value;

use super::{chip, dir, opening};
use crate::{
    model::{
        newsroom::{ListId, Target, TopicIdx},
        output::{IndexKind, IndexPage},
        registry::EntityKind,
        route::{self, Route},
    },
    render::{
        Renderer,
        head::{self, Draft},
        json_ld, twins,
        view::{
            EntityChip, Head, IndexSection, IndexView, Link, Markup, NotFoundView, RedirectView,
            StaticView, Text,
        },
        view_of,
    },
    text::words::sentence_around,
};

/// The longest definition of a topic among others, in characters.
const DEFINITION: usize = 120;

impl Renderer<'_> {
    pub(in crate::render) fn index(&self, route: &Route, page: &IndexPage) -> (Head, Value) {
        let desk = &self.desk;
        let (kind, title, count) = match page.kind {
            IndexKind::Topics => ("topics", "nav.topics", "count.topics"),
            IndexKind::Entities => ("entities", "nav.entities", "count.entities"),
            IndexKind::Stories => ("stories", "nav.stories", "count.stories"),
        };
        let title = desk.ui.text(title).to_owned();
        let view = IndexView {
            kind,
            title: title.clone(),
            count: desk.count(count, page.items.len()),
            sections: match page.kind {
                IndexKind::Topics => self.topic_sections(&page.items),
                IndexKind::Entities => self.entity_sections(&page.items),
                IndexKind::Stories => Vec::new(),
            },
            stories: self.index_stories(&page.items),
        };
        let crumbs = self.absolute_crumbs(&[self.home()]);
        let draft = Draft {
            description: format!("{title}{}{}", desk.ui.text("separator"), view.count),
            json_ld: json_ld::collection(desk, &title, &desk.absolute(route), &[], &crumbs),
            twins: twins::everywhere(desk.newsroom, &route::index(page.kind)),
            title,
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&view))
    }

    /// Topics in the order of the alphabet.
    fn topic_sections(&self, items: &[ListId]) -> Vec<IndexSection> {
        let topics = items.iter().filter_map(|list| match list {
            ListId::Topic(idx) => Some(self.topic_chip(*idx)),
            _ => None,
        });
        let items = self.in_order(topics.collect());
        vec![IndexSection { name: None, id: None, items }]
    }

    /// A topic with the first sentence of its definition.
    fn topic_chip(&self, idx: TopicIdx) -> EntityChip {
        let Link { url, name } = self.desk.link(Target::Topic(idx));
        let definition = opening(&self.desk.newsroom.topic(idx).body.text);
        let (_, _, sentence) = sentence_around(&definition, 0, 0, DEFINITION);
        let role = (!sentence.is_empty()).then(|| self.desk.line(&sentence));
        EntityChip { url, name, kind: None, kind_label: None, role, count: None }
    }

    /// Entities by kind, and in each kind in the order of the alphabet.
    fn entity_sections(&self, items: &[ListId]) -> Vec<IndexSection> {
        let mut by_kind: BTreeMap<Option<EntityKind>, Vec<EntityChip>> = BTreeMap::new();
        for list in items {
            if let ListId::Entity(idx) = list {
                by_kind
                    .entry(self.desk.newsroom.entity(*idx).kind)
                    .or_default()
                    .push(chip(&self.desk, *idx, None));
            }
        }
        // Those without a kind come last.
        let none = by_kind.remove(&None).map(|items| (None, items));
        by_kind
            .into_iter()
            .chain(none)
            .map(|(kind, items)| {
                let key = kind.map_or("other", EntityKind::key);
                let name = self.desk.ui.text(&format!("entity_kinds.{key}")).to_owned();
                IndexSection {
                    name: Some(name),
                    id: Some(key.to_owned()),
                    items: self.in_order(items),
                }
            })
            .collect()
    }

    fn in_order(&self, mut chips: Vec<EntityChip>) -> Vec<EntityChip> {
        chips.sort_by(|a, b| {
            self.desk.locale.compare(a.name.plain(), b.name.plain()).then_with(|| a.url.cmp(&b.url))
        });
        chips
    }

    /// Stories by their newest article.
    fn index_stories(&self, items: &[ListId]) -> Vec<crate::render::view::StoryCard> {
        let newsroom = self.desk.newsroom;
        let mut stories: Vec<_> = items
            .iter()
            .filter_map(|list| match list {
                ListId::Story(idx) => {
                    let newest = newsroom.newest(*list).next().map(|item| item.micros);
                    Some((std::cmp::Reverse(newest), *list, *idx))
                }
                _ => None,
            })
            .collect();
        // Those of one instant stay in the order of their ids.
        stories.sort_by_key(|(newest, ..)| *newest);
        let count = |list: ListId| self.desk.count("count.articles", newsroom.count(list.into()));
        stories.into_iter().map(|(_, list, idx)| self.story_card(idx, count(list))).collect()
    }

    pub(in crate::render) fn static_page(&self, route: &Route, idx: u32) -> (Head, Value) {
        let desk = &self.desk;
        let page = &desk.newsroom.registry.pages[idx as usize];
        let own = desk.newsroom.config.language.clone();
        let lang = page.lang.clone().unwrap_or(own);
        let view = StaticView {
            title: Text::alone(&page.title, &lang),
            summary: page.summary.as_deref().map(|it| Text::alone(it, &lang)),
            dir: dir(&lang),
            body: Markup::new(&self.text_html(&page.source, &page.body.text, &lang)),
            lang,
            extra: page.extra.clone(),
        };
        let crumbs = self.absolute_crumbs(&[self.home()]);
        let draft = Draft {
            title: page.title.clone(),
            language: page.lang.clone(),
            description: page.summary.clone().unwrap_or_default(),
            twins: twins::of_page(desk.newsroom, page),
            json_ld: json_ld::page(desk, &page.title, &desk.absolute(route), &crumbs),
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&view))
    }

    pub(in crate::render) fn not_found(&self, route: &Route) -> (Head, Value) {
        let desk = &self.desk;
        let title = desk.ui.text("not_found.title").to_owned();
        let draft = Draft {
            json_ld: json_ld::page(desk, &title, &desk.absolute(route), &[]),
            title,
            hidden: true,
            ..Draft::default()
        };
        (head::head(desk, route, draft), view_of(&NotFoundView { links: super::nav(desk) }))
    }

    /// A page that leads on. Its canonical URL is where it leads.
    pub(in crate::render) fn redirect(&self, to: &Route) -> (Head, Value) {
        let desk = &self.desk;
        let title = desk.ui.text("redirect.title").to_owned();
        let draft = Draft {
            json_ld: json_ld::page(desk, &title, &desk.absolute(to), &[]),
            title,
            hidden: true,
            ..Draft::default()
        };
        let view = RedirectView { target: desk.absolute(to), url: desk.url(to) };
        (head::head(desk, to, draft), view_of(&view))
    }
}
