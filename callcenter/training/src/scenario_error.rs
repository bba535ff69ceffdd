//! What is wrong with a scenario's file.

/// Says the file and what to mend in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct ScenarioError {
    /// The file's name without its ending.
    pub file: String,
    pub what: Wrong,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("it cannot be read as TOML: {0}")]
    Form(String),
    #[error("its id is {0:?}, and its file's name is another")]
    Id(String),
    #[error("a caller can speak ko or en, and not {0:?}")]
    Language(String),
    #[error("a caller wants a request, an office or nothing, and not two of them")]
    TwoWishes,
    #[error("the catalogue has no service {0:?} that an agent prepares")]
    Service(String),
    #[error("{service} has no question {question:?}")]
    Question { service: String, question: String },
    #[error("{service} asks {question:?}, and no answer is given")]
    Unanswered { service: String, question: String },
    #[error("{answer:?} is no answer to {question:?}")]
    Answer { question: String, answer: String },
    #[error("{service} has no option {option:?}")]
    Option { service: String, option: String },
    #[error("{choice:?} is no choice of the option {option:?}")]
    Choice { option: String, choice: String },
    #[error("{service} offers the option {option:?}, and nothing is chosen")]
    Unchosen { service: String, option: String },
    #[error("{copies} copies are not between 1 and {most}")]
    Copies { copies: u32, most: u32 },
    #[error("nothing is said about {0}")]
    Mute(String),
    #[error("two lines are about {0}")]
    SpokenTwice(String),
    #[error("{{{0}}} in a line stands for nothing the caller knows")]
    Placeholder(String),
    #[error("a brace in a line is not closed")]
    Brace,
    #[error("the points of its rules make {0}, and not 100")]
    Points(u32),
    #[error("{0} points are to be reached, and not between 1 and 100")]
    Pass(u32),
    #[error("{service} has no field that is called {topic}")]
    NoField { service: String, topic: String },
    #[error("whoever is drawn, nothing is sure to be left to be filled in")]
    NothingLeft,
    #[error("a line cannot be written to an agent: {0}")]
    NotShareable(String),
    #[error("a rule asks for {0}, and the caller does not want it")]
    Unwanted(&'static str),
    #[error("the caller's patience must be between 1 and 3600 seconds, and not {0}")]
    Patience(u64),
}
