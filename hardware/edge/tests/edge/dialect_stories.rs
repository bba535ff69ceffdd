//! Clients made for an older form of the messages.

use serde_json::{Value, json};

use crate::{client::Way, station::Station};

const OLD: &str = "[dialect]\ncompletion_code = \"payload\"\ntimeout = \"payload\"\n\
                   acknowledge_status = \"payload\"\nacknowledge_type = \"acknowledgement\"\n\
                   storage = \"cashunits\"\nversions = \"1.0\"\n";

fn command(id: i64, name: &str, payload: Value) -> String {
    let header = json!({ "type": "command", "name": name, "version": "1.0", "requestId": id });
    json!({ "header": header, "payload": payload }).to_string()
}

#[test]
fn an_edge_set_to_it_speaks_as_the_first_release_did() {
    let station = Station::open_with(OLD);
    let mut client = station.come("/CardReader", &[Way::Unjudged]).unwrap();

    client.say(&command(1, "Common.Status", json!({ "timeout": 1000 })));
    let taken = client.next("acknowledgement");
    let status = client.next("completion");
    client.say(&command(2, "Common.Status", json!({ "timeout": -1 })));
    let refused = client.next("acknowledgement");

    assert_eq!(
        taken,
        json!({
            "header": {
                "type": "acknowledgement",
                "name": "Common.Status",
                "version": "1.0",
                "requestId": 1,
            },
            "payload": { "status": "ok" },
        })
    );
    assert_eq!(status["payload"]["completionCode"], "success");
    assert_eq!(status["header"].get("completionCode"), None);
    assert_eq!(refused["payload"]["status"], "invalidMessage");
}
