//! What a service promises without the exchange can be kept.

use catalog::OfflineRule;
use request::IdentityLevel;

use crate::{folder::Folder, report::Report, words::Words};

/// As much as the loader grants a lease.
const LEASE_PAPERS_MAX: u32 = 1_000;
const LEASE_HOURS_MAX: u32 = 168;
const HOURS_A_DAY: u32 = 24;

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for (part, service) in folder.services() {
        let mut say = |place: &str, ko: String, en: String| {
            report.at(&part.source, place, "offline", Words::new(ko, en));
        };
        match &service.offline {
            OfflineRule::Refuse => {}
            OfflineRule::Queue { fresh_for_hours } => {
                if *fresh_for_hours == 0 {
                    say(
                        "/offline/queue/fresh_for_hours",
                        "fresh_for_hours: 적어도 1시간이어야 해요".to_owned(),
                        "fresh_for_hours must be at least 1".to_owned(),
                    );
                }
            }
            OfflineRule::Lease(rule) => {
                if !(1..=LEASE_PAPERS_MAX).contains(&rule.papers) {
                    say(
                        "/offline/lease/papers",
                        format!("papers: 위임은 1장에서 {LEASE_PAPERS_MAX}장까지예요"),
                        format!("papers: a lease is for 1 to {LEASE_PAPERS_MAX} papers"),
                    );
                }
                if !(1..=LEASE_HOURS_MAX).contains(&rule.hours) {
                    say(
                        "/offline/lease/hours",
                        format!("hours: 위임은 1시간에서 {LEASE_HOURS_MAX}시간까지예요"),
                        format!("hours: a lease is for 1 to {LEASE_HOURS_MAX} hours"),
                    );
                } else if rule.hours > service.valid_days.saturating_mul(HOURS_A_DAY) {
                    say(
                        "/offline/lease/hours",
                        "hours: 증명서의 유효기간보다 오래된 자료로 발급하게 돼요".to_owned(),
                        "hours: papers would be from records older than the papers are valid"
                            .to_owned(),
                    );
                }
                if service.identity > IdentityLevel::None {
                    say(
                        "/offline/lease",
                        "통신이 끊긴 동안 발급하려면 누구나 신청할 수 있는 민원(identity = \"none\")이어야 해요. 자료가 무인기에 놓이기 때문이에요".to_owned(),
                        "Only what anybody may ask for (identity = \"none\") can be issued without the exchange: its records lie at the kiosk".to_owned(),
                    );
                }
            }
        }
    }
}
