//! RSS 2.0. In: a [`Channel`]. Out: its XML, by [`write`].

use jiff::civil::Weekday;

use super::{Channel, Item, xml::Xml};
use crate::model::article::Moment;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const NAMESPACES: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

/// Writes the channel as an RSS feed.
pub(super) fn write(channel: &Channel<'_>, out: &mut Vec<u8>) {
    let mut xml = Xml::new(out);
    xml.open("rss", &NAMESPACES);
    xml.open("channel", &[]);
    xml.text("title", &channel.title);
    xml.text("link", &channel.home_url);
    // RSS requires a description.
    let described = !channel.description.is_empty();
    xml.text("description", if described { &channel.description } else { &channel.title });
    xml.text("language", channel.language);
    if let Some(updated) = channel.updated() {
        xml.text("lastBuildDate", &rfc822(updated));
    }
    xml.text("generator", "brief");
    let own = [("rel", "self"), ("type", "application/rss+xml"), ("href", &*channel.feed_url)];
    xml.empty("atom:link", &own);
    for item in &channel.items {
        write_item(&mut xml, item);
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish();
}

fn write_item(xml: &mut Xml<'_>, item: &Item<'_>) {
    xml.open("item", &[]);
    xml.text("title", &item.title);
    xml.text("link", &item.url);
    xml.text_with("guid", &[("isPermaLink", "false")], &item.id);
    xml.text("pubDate", &rfc822(item.published));
    // RSS's own `author` wants an e-mail address.
    for author in &item.authors {
        xml.text("dc:creator", author);
    }
    for (_, name) in &item.topics {
        xml.text("category", name);
    }
    xml.text("description", &item.summary_html);
    if let Some(content) = &item.content {
        xml.text("content:encoded", content);
    }
    xml.close("item");
}

/// RFC 822 with a year of four digits, names in English whatever the feed's language:
/// `Wed, 13 Sep 2023 09:40:00 +0300`.
fn rfc822(moment: Moment) -> String {
    let local = moment.local;
    let day = match local.date().weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    let month = MONTHS[usize::from(local.month().unsigned_abs()).saturating_sub(1) % 12];
    let sign = if moment.offset < 0 { '-' } else { '+' };
    let minutes = moment.offset.unsigned_abs() / 60;
    format!(
        "{day}, {:02} {month} {:04} {:02}:{:02}:{:02} {sign}{:02}{:02}",
        local.day(),
        local.year(),
        local.hour(),
        local.minute(),
        local.second(),
        minutes / 60,
        minutes % 60
    )
}
