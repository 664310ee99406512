//! What every graph begins with. In: the settings. Out: the site, its publisher, the breadcrumb.

use super::{
    Breadcrumb,
    schema::{ImageObject, ItemList, ListItem, Policies, Publisher, Reference, Website},
    text,
};
use crate::{
    model::route,
    render::{
        desk::Desk,
        feeds::{plain, publisher_name},
    },
};

/// The policy properties of `NewsMediaOrganization`, and those it has from `Organization`.
const POLICIES: [&str; 12] = [
    "publishingPrinciples",
    "correctionsPolicy",
    "ethicsPolicy",
    "verificationFactCheckingPolicy",
    "unnamedSourcesPolicy",
    "actionableFeedbackPolicy",
    "ownershipFundingInfo",
    "masthead",
    "missionCoveragePrioritiesPolicy",
    "diversityPolicy",
    "diversityStaffingReport",
    "noBylinesPolicy",
];

/// The site as others refer to it.
pub(super) fn website_reference(desk: &Desk<'_>) -> Reference {
    Reference::to(&desk.absolute_at(route::front()), "website")
}

/// The publisher as others refer to it.
pub(super) fn publisher_reference(desk: &Desk<'_>) -> Reference {
    Reference::to(&desk.newsroom.config.base_url, "publisher")
}

/// `WebSite`
pub(super) fn website<'a>(desk: &Desk<'a>) -> Website<'a> {
    let config = &desk.newsroom.config;
    Website {
        id: website_reference(desk).id,
        url: desk.absolute_at(route::front()),
        name: plain::title(&config.title, &config.language),
        description: plain::prose(&config.description, &config.language),
        in_language: &config.language,
        publisher: publisher_reference(desk),
    }
}

/// `NewsMediaOrganization` with its logo and policies.
pub(super) fn publisher<'a>(desk: &Desk<'a>) -> Publisher<'a> {
    let config = &desk.newsroom.config;
    Publisher {
        id: publisher_reference(desk).id,
        name: text(publisher_name(desk.newsroom)),
        url: &config.base_url,
        logo: config.publisher.logo.as_deref().map(|link| logo(desk, link)),
        policies: policies(desk),
    }
}

fn logo(desk: &Desk<'_>, link: &str) -> ImageObject<'static> {
    let (width, height) = desk.static_size(link).unzip();
    ImageObject { url: desk.configured_absolute(link), width, height, ..ImageObject::default() }
}

/// Only what schema.org knows, each once: a second key of one name would make the JSON ambiguous.
fn policies(desk: &Desk<'_>) -> Policies {
    let mut known: Vec<(&'static str, String)> = Vec::new();
    for (name, link) in &desk.newsroom.config.publisher.policies {
        let Some(&property) = POLICIES.iter().find(|&property| property == name) else { continue };
        if known.iter().all(|(other, _)| *other != property) {
            known.push((property, desk.configured_absolute(link)));
        }
    }
    Policies(known)
}

/// `BreadcrumbList`; `None` for a page without steps, for an empty list is an error to readers.
pub(super) fn breadcrumb<'a>(page_url: &str, steps: &'a Breadcrumb) -> Option<ItemList<'a>> {
    let item = |(at, (name, url)): (usize, &'a (String, String))| ListItem {
        position: at + 1,
        name: text(name),
        item: Some(url),
        url: None,
    };
    (!steps.is_empty()).then(|| ItemList {
        kind: "BreadcrumbList",
        id: Reference::to(page_url, "breadcrumb").id,
        item_list_element: steps.iter().enumerate().map(item).collect(),
    })
}
