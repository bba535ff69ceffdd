//! What waits for a person at the exchange.

use desk_ui::{
    AttentionPort, CaseName, DecisionName, DeskWindow, FaultName, ReasonName, WaitingRow,
};
use slint::ComponentHandle;
use sync::{Contradiction, Reason};

use super::{count, rows};
use crate::{
    attention::{AttentionFault, Decision, Deed, Ground, Quarantined, Verdict, Wedged},
    workplace::{
        Touch,
        view::{AttentionView, DoubtView},
    },
};

pub(super) fn connect(window: &DeskWindow, touch: impl Fn(Touch) + Clone + 'static) {
    let port = window.global::<AttentionPort>();
    port.on_select(move |row| {
        if let Ok(row) = usize::try_from(row) {
            touch(Touch::Pick(row));
        }
    });
}

pub(super) fn show(window: &DeskWindow, view: &AttentionView) {
    let port = window.global::<AttentionPort>();
    port.set_no_agent(view.no_agent);
    port.set_known(view.known);
    let stations = view
        .quarantined
        .iter()
        .map(|(it, since)| of_station(it, since));
    let entries = view.wedged.iter().map(|(it, since)| of_entry(it, since));
    let doubts = view.doubts.iter().map(of_doubt);
    let waiting = stations.chain(entries).chain(doubts).collect();
    if let Some(model) = rows::update(&port.get_rows(), waiting) {
        port.set_rows(model);
    }
    port.set_selected(count(view.selected));
    port.set_fault(match view.fault {
        None => FaultName::None,
        Some(AttentionFault::Unreachable) => FaultName::Unreachable,
        Some(AttentionFault::Forbidden) => FaultName::Forbidden,
        Some(AttentionFault::Gone) => FaultName::Gone,
        Some(AttentionFault::StillUnreadable) => FaultName::StillUnreadable,
    });
    let deciding = view.deciding.as_ref();
    let ground = deciding.and_then(|it| it.ground);
    let ground = ground.and_then(|it| Ground::ALL.iter().position(|ground| *ground == it));
    port.set_ground(ground.map_or(-1, count));
    port.set_asked(deciding.is_some_and(|it| it.asked));
    let (decision, about) = match deciding.map(|it| &it.decision) {
        None => (DecisionName::None, String::new()),
        Some(Decision::Release(station)) => (DecisionName::Release, station.to_string()),
        Some(Decision::Settle {
            station,
            number,
            verdict,
            ..
        }) => {
            let name = match verdict {
                Verdict::Apply => DecisionName::Apply,
                Verdict::Discard => DecisionName::Discard,
            };
            (name, format!("{station} {number}"))
        }
        Some(Decision::LookInto {
            station,
            number,
            finding,
            ..
        }) => {
            let name = match finding {
                Verdict::Apply => DecisionName::Done,
                Verdict::Discard => DecisionName::NotDone,
            };
            (name, format!("{station} {number}"))
        }
    };
    port.set_about(about.into());
    port.set_decision(decision);
}

fn of_station(station: &Quarantined, since: &str) -> WaitingRow {
    WaitingRow {
        station: station.station.as_str().into(),
        reason: match station.reason {
            Contradiction::Rewound => ReasonName::Rewound,
            Contradiction::Forked => ReasonName::Forked,
            Contradiction::Superseded => ReasonName::Superseded,
        },
        since: since.into(),
        case: CaseName::Station,
        aside: count(station.kept_aside),
        ..WaitingRow::default()
    }
}

fn of_entry(entry: &Wedged, since: &str) -> WaitingRow {
    WaitingRow {
        station: entry.station.as_str().into(),
        reason: match entry.reason {
            Reason::Unreadable => ReasonName::Unreadable,
            Reason::Foreign => ReasonName::Foreign,
            Reason::NeverOpened => ReasonName::NeverOpened,
            Reason::OpenedTwice => ReasonName::OpenedTwice,
            Reason::Closed => ReasonName::Closed,
            Reason::NotTheStations => ReasonName::NotTheStations,
            Reason::BeyondLease => ReasonName::BeyondLease,
            Reason::Follows(_) => ReasonName::Follows,
        },
        since: since.into(),
        number: entry.number.to_string().into(),
        case: CaseName::Entry,
        ..WaitingRow::default()
    }
}

fn of_doubt(view: &DoubtView) -> WaitingRow {
    WaitingRow {
        station: view.doubt.station.as_str().into(),
        since: view.since.as_str().into(),
        number: view.doubt.number.to_string().into(),
        case: match view.doubt.deed {
            Deed::Printed(_) => CaseName::Sheet,
            Deed::PaidOut { .. } => CaseName::Money,
            Deed::CardCharged { .. } => CaseName::CardCharged,
            Deed::CardReversed { .. } => CaseName::CardReversed,
        },
        what: view.what.as_str().into(),
        ..WaitingRow::default()
    }
}
