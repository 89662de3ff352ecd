// The address of a list: `#others?late=true&words=pasar`. What is asked stands in it, so that it can be kept, sent and come
// back to. `openList()` → {name, asked} of the address; `addressOf(name, asked)` → "#…"; `nameOf(route)`;
// `isList(route)`: whether it can be a list's; `isAsked(route)`: one with a question. `messageIn(route)`,
// `nameOfRow(row)`.

import { fragmentQuery } from "../address.js";

const NAMES = ["status", "category", "late", "photo", "answered", "words", "sort"];
const LIST = /^[a-z_]*$/; // anything else is meant to be a number

export function openList() {
  const { name, query } = fragmentQuery();
  return { name, asked: cleaned(Object.fromEntries(NAMES.map((key) => [key, query.get(key)]))) };
}

export const nameOf = (route) => route.split("?")[0];

export function addressOf(name, asked = {}) {
  const query = new URLSearchParams(cleaned(asked)).toString();
  return `#${name}${query && `?${query}`}`;
}

export const isList = (route) => LIST.test(nameOf(route));

/** A list with a question: what is asked may read like a number. */
export const isAsked = (route) => isList(route) && route.includes("?");

const MESSAGE = /^message\/([0-9a-f]{24})$/;

/** The id of the message that the address names; null for anything else. */
export const messageIn = (route) => MESSAGE.exec(route)?.[1] ?? null;

/** What a row is called in the address and in the list's order. */
export const nameOfRow = (row) => row.number ?? `message/${row.task_id}`;

const cleaned = (asked) => Object.fromEntries(Object.entries(asked).filter(([, value]) => value?.trim()));
