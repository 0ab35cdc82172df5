// The pages that most people see: what they cost and how they are made is measured.
export const addresses = {
  lesson: '/moduli/spid/che-cose-spid',
  home: '/',
  module: '/moduli/spid',
  quiz: '/moduli/spid/quiz',
  totals: '/rete/totali',
};
