//! Whether templates can be worn. In: a theme as it was read, and a scene. Out: the theme to show, and the faults that pages
//! made with it have. [`try_on`] is the entry: as a build does before it writes anything, it makes a page of each template.

use std::sync::Arc;

use super::Scene;
use crate::{
    archive::Newsroom,
    diag::{self, Diagnostic},
    model::{
        day::Month,
        newsroom::{ListId, Shelf},
        output::{IndexKind, Page, Period},
        page_id::PageId,
    },
    render::{theme::Theme, ui::Ui},
};

/// The theme as it was read, or the one that is shown, if nothing of it changed.
pub(super) fn same_or_new(new: Option<Arc<Theme>>, last: Option<&Scene>) -> Option<Arc<Theme>> {
    let new = new?;
    let last = last.map(|scene| &scene.theme);
    Some(match last.filter(|last| Arc::ptr_eq(last, &new) || is_same(last, &new)) {
        Some(last) => Arc::clone(last),
        None => new,
    })
}

/// Whether two themes make the same pages.
pub(super) fn is_same(a: &Theme, b: &Theme) -> bool {
    a.files == b.files && a.uis.iter().map(Ui::digest).eq(b.uis.iter().map(Ui::digest))
}

/// The faults of a page of each template, made with the theme of a scene.
pub(super) fn try_on(scene: &Scene) -> Vec<Diagnostic> {
    let outputs = samples(scene).into_iter().filter_map(|id| scene.output(&id));
    let faults = outputs.filter_map(|output| scene.render(&output).err());
    diag::sorted(faults.collect())
}

/// Pages of every template, where there are any.
fn samples(scene: &Scene) -> Vec<PageId> {
    let newsroom = &scene.newsroom;
    let mut ids = vec![PageId::Front, PageId::NotFound, PageId::Overview(None), PageId::Static(0)];
    ids.extend([IndexKind::Topics, IndexKind::Entities, IndexKind::Stories].map(PageId::Index));
    let newest = newsroom.newest(Shelf::All).next();
    if let Some(item) = newest {
        let month = Period::of_month(Month::of(item.day));
        let year = Period::Year(item.day.year());
        ids.extend([PageId::Article(item.id), PageId::Day(item.day)]);
        ids.extend([month, year].map(|it| PageId::Overview(Some(it))));
        for list in lists(newsroom) {
            ids.push(PageId::List(None, list));
            ids.push(PageId::List(Some(year), list));
        }
    }
    if let Some(Page::Redirects(pairs)) = scene.output(&PageId::Redirects).map(|it| it.page) {
        ids.extend(pairs.first().map(|(from, _)| PageId::Redirect(from.as_str().into())));
    }
    ids
}

/// The first topics, entities and stories.
fn lists(newsroom: &Newsroom) -> Vec<ListId> {
    let lists = newsroom.registry.lists();
    let kinds: [fn(&ListId) -> bool; 3] = [
        |list| matches!(list, ListId::Topic(_)),
        |list| matches!(list, ListId::Entity(_)),
        |list| matches!(list, ListId::Story(_)),
    ];
    kinds.iter().flat_map(|kind| lists.iter().copied().filter(kind).take(3)).collect()
}
