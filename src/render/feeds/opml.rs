//! OPML 2.0. In: the newsroom. Out: the list of its feeds, by [`opml`].

use super::{feed_title, plain, xml::Xml};
use crate::{
    model::{
        newsroom::ListId,
        output::FeedFormat,
        route::{self, Route},
    },
    render::desk::Desk,
};

/// Writes the list of feeds: the site's in each format, then those of topics, entities and stories by id;
/// an entity too thin for search engines is too thin to follow.
pub(in crate::render) fn opml(desk: &Desk<'_>, out: &mut Vec<u8>) {
    let newsroom = desk.newsroom;
    let config = &newsroom.config;
    let mut xml = Xml::new(out);
    xml.open("opml", &[("version", "2.0")]);
    xml.open("head", &[]);
    xml.text("title", &plain::title(&config.title, &config.language));
    xml.close("head");
    xml.open("body", &[]);
    for (format, suffix) in
        [(FeedFormat::Atom, ""), (FeedFormat::Rss, " (RSS)"), (FeedFormat::Json, " (JSON)")]
    {
        let name = format!("{}{suffix}", feed_title(newsroom, None));
        outline(
            &mut xml,
            desk,
            &name,
            [&newsroom.at(route::site_feed(format)), &newsroom.at(route::front())],
        );
    }
    let followed = |list: &ListId| newsroom.is_offered(newsroom.tongue, *list);
    for list in newsroom.registry.lists().into_iter().filter(followed) {
        let routes = [&newsroom.list_feed(list), &newsroom.list_route(list)];
        outline(&mut xml, desk, newsroom.list_name(list), routes);
    }
    xml.close("body");
    xml.close("opml");
    xml.finish();
}

/// One feed, by the routes of the feed and of its page. OPML calls every kind of feed `rss`.
fn outline(xml: &mut Xml<'_>, desk: &Desk<'_>, name: &str, [feed, page]: [&Route; 2]) {
    let language = desk.newsroom.config.language.as_str();
    let title = plain::title(name, language);
    xml.empty(
        "outline",
        &[
            ("type", "rss"),
            ("text", &title),
            ("title", &title),
            ("xmlUrl", &desk.absolute(feed)),
            ("htmlUrl", &desk.absolute(page)),
            ("language", language),
        ],
    );
}
