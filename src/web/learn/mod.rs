//! Courses, their quizzes, and finding them.

pub mod answer_form;
pub mod catalogue;
pub mod course_page;
pub mod filters;
pub mod help;
pub mod home;
pub mod missed_searches;
pub mod module_page;
pub mod practice;
pub mod question;
pub mod quiz;
pub mod quiz_page;
pub mod refused_answer;
pub mod result;
pub mod review;
pub mod search;
pub mod sheet;
