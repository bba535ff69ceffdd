//! Tiles of services, topics and counters, as several screens show them.

use kiosk_ui::{CounterTile as ShownCounter, ServiceTile as ShownService, TopicTile as ShownTopic};

use super::trouble;
use crate::visit::view::{CounterTile, ServiceTile, TopicTile};

pub(super) fn services(tiles: &[ServiceTile]) -> Vec<ShownService> {
    let shown = |tile: &ServiceTile| ShownService {
        service: tile.service.as_str().into(),
        title: tile.title.as_str().into(),
        summary: tile.summary.as_str().into(),
        fee: tile.fee.as_str().into(),
        unavailable: trouble::shown(tile.unavailable),
        opens_at: tile.opens_at.as_str().into(),
        queues: tile.queues,
        records_at: tile.records_at.as_str().into(),
    };
    tiles.iter().map(shown).collect()
}

pub(super) fn topics(tiles: &[TopicTile]) -> Vec<ShownTopic> {
    let shown = |tile: &TopicTile| ShownTopic {
        topic: tile.topic.as_str().into(),
        title: tile.title.as_str().into(),
        summary: tile.summary.as_str().into(),
        services: i32::try_from(tile.services).unwrap_or(i32::MAX),
    };
    tiles.iter().map(shown).collect()
}

pub(super) fn counters(tiles: &[CounterTile]) -> Vec<ShownCounter> {
    let shown = |tile: &CounterTile| ShownCounter {
        title: tile.title.as_str().into(),
        reason: tile.reason.as_str().into(),
        counter: tile.counter.as_str().into(),
    };
    tiles.iter().map(shown).collect()
}
