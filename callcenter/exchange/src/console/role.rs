//! What each role may do.

use ledger::Role;

use super::Language;

/// What somebody does at the console besides reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Notices and orders to stations.
    Tell,
    /// A verdict on what waits for a person.
    Settle,
    /// A whole copy of the store.
    BackUp,
    /// Strikes a station, an agent or a switch off the roster.
    Revoke,
    /// Releases for machines.
    RollOut,
    /// Adds operators, changes them, strikes them off.
    Appoint,
}

impl Act {
    #[cfg(test)]
    pub(super) const ALL: [Self; 6] = [
        Act::Tell,
        Act::Settle,
        Act::BackUp,
        Act::Revoke,
        Act::RollOut,
        Act::Appoint,
    ];

    /// The least role that may.
    pub(super) fn needs(self) -> Role {
        match self {
            Act::Tell | Act::Settle | Act::BackUp => Role::Operator,
            Act::Revoke | Act::RollOut | Act::Appoint => Role::Administrator,
        }
    }

    pub(super) fn is_for(self, role: Role) -> bool {
        role >= self.needs()
    }

    /// For the audit, after "was refused to".
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Act::Tell => "tell stations something",
            Act::Settle => "settle what waits",
            Act::BackUp => "start a backup",
            Act::Revoke => "strike somebody off the roster",
            Act::RollOut => "roll out a release",
            Act::Appoint => "change operators",
        }
    }
}

pub(super) fn title(role: Role, language: Language) -> &'static str {
    match role {
        Role::Viewer => language.say("보기 담당", "viewer"),
        Role::Operator => language.say("운영 담당", "operator"),
        Role::Administrator => language.say("관리자", "administrator"),
    }
}

/// In a sentence about what somebody may.
pub(super) fn explained(role: Role, language: Language) -> &'static str {
    match role {
        Role::Viewer => language.say("모든 화면을 볼 수 있어요.", "Sees every page."),
        Role::Operator => language.say(
            "기기에 알리고, 보류된 기록을 처리하고, 백업을 시작해요.",
            "Tells stations, settles what waits and starts backups, too.",
        ),
        Role::Administrator => language.say(
            "운영자를 정하고, 새 이미지 판을 배포하고, 기기와 인증서를 명부에서 지워요.",
            "Appoints operators, rolls out releases and strikes stations off the roster, too.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_what_the_one_below_it_may_and_more() {
        let may = |role| {
            let acts = Act::ALL.into_iter().filter(move |it| it.is_for(role));
            acts.collect::<Vec<_>>()
        };

        assert_eq!(may(Role::Viewer), []);
        assert_eq!(may(Role::Operator), [Act::Tell, Act::Settle, Act::BackUp]);
        assert_eq!(may(Role::Administrator), Act::ALL);
    }
}
