const figures = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** "10,000": figures as they are read. */
export const inFigures = (n: number): string => n.toLocaleString('en');
/** "Three" up to ten, figures beyond. */
export const inWords = (n: number): string => figures[n] ?? inFigures(n);
export const lower = (n: number): string => inWords(n).toLowerCase();
export const plural = (n: number, one: string, many: string): string => (n === 1 ? one : many);
