//! How the center stands, and in whose talk a supervisor takes part.

use std::collections::BTreeSet;

use cti::{MonitorMode, Monitoring};
use figures::{AgentRow, Board, Doing};

use crate::telephone::TelephoneOrder;

/// Why a supervisor's key does nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SupervisionRefusal {
    #[error("no agent is chosen")]
    NobodyChosen,
    #[error("the chosen agent is in no talk")]
    NoTalk,
    #[error("the supervisor takes part in no talk")]
    NotMonitoring,
}

/// What a supervisor sees. The agent who is chosen is kept by number: the list
/// is another one every two seconds.
#[derive(Debug, Default)]
pub struct Wallboard {
    board: Option<Box<Board>>,
    chosen: Option<u32>,
    monitoring: Option<Monitoring>,
    wanting_help: BTreeSet<u32>,
}

impl Wallboard {
    pub fn board(&self) -> Option<&Board> {
        self.board.as_deref()
    }

    pub fn show(&mut self, board: Box<Board>) {
        let there: BTreeSet<u32> = board.agents.iter().map(|it| it.agent.0).collect();
        let talks = |agent: &u32| {
            let mut agents = board.agents.iter();
            agents.any(|it| it.agent.0 == *agent && it.doing == Doing::Talking)
        };
        // Whoever talks no more has been helped, or has managed.
        self.wanting_help.retain(talks);
        let chosen = self.chosen.filter(|it| there.contains(it));
        self.chosen = chosen.or(board.agents.first().map(|it| it.agent.0));
        self.board = Some(board);
    }

    pub fn help_wanted(&mut self, agent: u32) {
        self.wanting_help.insert(agent);
        self.chosen = Some(agent);
    }

    pub fn wants_help(&self, agent: u32) -> bool {
        self.wanting_help.contains(&agent)
    }

    pub fn takes_part(&mut self, monitoring: Option<Monitoring>) {
        self.monitoring = monitoring;
    }

    pub fn monitoring(&self) -> Option<Monitoring> {
        self.monitoring
    }

    /// The row of the chosen agent.
    pub fn selected(&self) -> Option<usize> {
        let chosen = self.chosen?;
        self.agents().iter().position(|it| it.agent.0 == chosen)
    }

    pub fn select(&mut self, row: usize) {
        if let Some(agent) = self.agents().get(row) {
            self.chosen = Some(agent.agent.0);
        }
    }

    pub fn up(&mut self) {
        self.select(self.selected().unwrap_or(0).saturating_sub(1));
    }

    pub fn down(&mut self) {
        self.select(self.selected().map_or(0, |it| it + 1));
    }

    /// # Errors
    /// Why it makes no sense now.
    pub fn monitor(&self, mode: MonitorMode) -> Result<TelephoneOrder, SupervisionRefusal> {
        let row = self.selected().and_then(|it| self.agents().get(it));
        let row = row.ok_or(SupervisionRefusal::NobodyChosen)?;
        if row.doing != Doing::Talking {
            return Err(SupervisionRefusal::NoTalk);
        }
        let agent = row.agent.0;
        Ok(TelephoneOrder::Monitor { agent, mode })
    }

    /// # Errors
    /// When there is nothing to stop.
    pub fn stop(&self) -> Result<TelephoneOrder, SupervisionRefusal> {
        let monitoring = self.monitoring;
        let monitoring = monitoring.ok_or(SupervisionRefusal::NotMonitoring);
        monitoring.map(|_| TelephoneOrder::StopMonitoring)
    }

    fn agents(&self) -> &[AgentRow] {
        self.board().map_or(&[], |it| &it.agents)
    }
}

#[cfg(test)]
mod tests {
    use distributor::{AgentId, WallTime};
    use figures::{Row, WrapUps};

    use super::*;

    fn board(agents: &[(u32, Doing)]) -> Box<Board> {
        let row = |(agent, doing): &(u32, Doing)| AgentRow {
            agent: AgentId(*agent),
            doing: *doing,
            reason: None,
            seconds: 5,
        };
        Box::new(Board {
            at: WallTime(1_795_480_200_000),
            all: Row::default(),
            target: None,
            queues: Vec::new(),
            occupancy: None,
            agents: agents.iter().map(row).collect(),
            wrap_ups: WrapUps::default(),
            day: Vec::new(),
        })
    }

    #[test]
    fn the_chosen_agent_stays_chosen_when_others_come() {
        let mut wallboard = Wallboard::default();
        wallboard.show(board(&[(4, Doing::Talking), (7, Doing::Talking)]));
        wallboard.down();

        wallboard.show(board(&[
            (2, Doing::Idle),
            (4, Doing::Idle),
            (7, Doing::Talking),
        ]));

        assert_eq!(wallboard.selected(), Some(2));
        let mode = MonitorMode::Listen;
        let order = TelephoneOrder::Monitor { agent: 7, mode };
        assert_eq!(wallboard.monitor(mode), Ok(order));
    }

    #[test]
    fn nobody_listens_where_nobody_talks() {
        let mut wallboard = Wallboard::default();
        let mode = MonitorMode::Whisper;
        let nobody = wallboard.monitor(mode);
        wallboard.show(board(&[(4, Doing::WrapUp)]));

        assert_eq!(nobody, Err(SupervisionRefusal::NobodyChosen));
        assert_eq!(wallboard.monitor(mode), Err(SupervisionRefusal::NoTalk));
        assert_eq!(wallboard.stop(), Err(SupervisionRefusal::NotMonitoring));
    }

    #[test]
    fn who_wants_help_is_chosen_until_the_talk_is_over() {
        let mut wallboard = Wallboard::default();
        wallboard.show(board(&[(4, Doing::Talking), (7, Doing::Talking)]));

        wallboard.help_wanted(7);
        assert!(wallboard.wants_help(7) && wallboard.selected() == Some(1));
        wallboard.show(board(&[(4, Doing::Talking), (7, Doing::WrapUp)]));

        assert!(!wallboard.wants_help(7));
    }
}
