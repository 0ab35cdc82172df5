//! Modules require each other in a circle.
//!
//! `requires` names what should be learned before. If A comes before B and B before A, nobody can
//! begin.
//!
//! Wrong, in `spid/module.md` and in `cie/module.md`:
//!
//! ```toml
//! requires = ["cie"]
//! requires = ["spid"]
//! ```
//!
//! Right:
//!
//! ```toml
//! requires = []
//! requires = ["spid"]
//! ```

use std::collections::HashMap;

use super::Course;
use crate::content::diagnostic::{Diagnostic, Rule, Severity};
use crate::content::message::say;

pub(super) static RULE: Rule = Rule {
    code: "requires-cycle",
    severity: Severity::Error,
    page: include_str!("requires_cycle.rs"),
};

pub(super) fn check(course: &Course<'_>, out: &mut Vec<Diagnostic>) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for id in course.outlines.iter().filter_map(|it| it.id.as_ref()) {
        let next = numbers.len();
        numbers.entry(&id.value).or_insert(next);
    }
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); numbers.len()];
    let mut edges = Vec::new();
    for outline in course.outlines {
        let Some(from) = outline.id.as_ref().and_then(|id| numbers.get(&*id.value)) else {
            continue;
        };
        for required in &outline.requires {
            if let Some(to) = numbers.get(&*required.value) {
                next[*from].push(*to);
                edges.push((*from, *to, outline, required));
            }
        }
    }
    let circle = circles(&next);
    // Every module of a circle requires another one of it, so each is complained about.
    for (_, _, outline, required) in edges
        .into_iter()
        .filter(|(from, to, _, _)| circle[*from] == circle[*to])
    {
        let own = outline.id.as_ref().map_or("", |id| id.value.as_str());
        let message = if own == required.value {
            say("requires-itself").with("module", own)
        } else {
            say("requires-cycle")
                .with("module", own)
                .with("required", &required.value)
        };
        out.extend(course.complain(&RULE, &required.file, required.span.clone(), message));
    }
}

/// The strongly connected component of each node: two nodes of one number lead to each other.
/// Tarjan's algorithm (SIAM J. Comput. 1, 1972), with the calls on a list of our own: a course may
/// be one long chain. Each node and each edge is looked at once.
fn circles(next: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut component = vec![UNSEEN; next.len()];
    let mut index = vec![UNSEEN; next.len()];
    // The lowest index of the open nodes that a node leads to.
    let mut low = vec![UNSEEN; next.len()];
    let (mut open, mut calls) = (Vec::new(), Vec::new());
    let (mut seen, mut components) = (0, 0);
    for root in 0..next.len() {
        if index[root] == UNSEEN {
            calls.push((root, 0));
        }
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                index[node] = seen;
                low[node] = seen;
                seen += 1;
                open.push(node);
            } else if let Some(child) = next[node].get(edge - 1) {
                // Back from a child, or past an edge to a node that was open already.
                if component[*child] == UNSEEN {
                    low[node] = low[node].min(low[*child]);
                }
            }
            if let Some(child) = next[node].get(edge) {
                calls.push((node, edge + 1));
                if index[*child] == UNSEEN {
                    calls.push((*child, 0));
                }
            } else if low[node] == index[node] {
                while let Some(member) = open.pop() {
                    component[member] = components;
                    if member == node {
                        break;
                    }
                }
                components += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_lead_to_each_other_have_one_number() {
        // 0 → 1 → 2 → 0, 2 → 3, 3 → 3, 4 → 0
        let found = circles(&[vec![1], vec![2], vec![0, 3], vec![3], vec![0]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
        assert_ne!(found[4], found[0]);
    }

    #[test]
    fn a_chain_and_a_circle_of_a_hundred_thousand_take_no_time() {
        let many = 100_000;
        let chain: Vec<_> = (1..=many).map(|next| vec![next % many]).collect();
        assert!(circles(&chain).iter().all(|number| *number == 0));
        let dense: Vec<_> = (0..many)
            .map(|at| vec![(at + 1) % many, (at * 7) % many, (at * 13) % many])
            .collect();
        assert!(circles(&dense).iter().all(|number| *number == 0));
    }
}
